import { availableParallelism } from "node:os";
import { failuresIn, type Cell } from "./cell";
import { everyRuleCells } from "./every-rule-cells";
import { inPool } from "./in-pool";
import { inProcessCells } from "./in-process-cells";
import { sampleInWords, sampleOf } from "../helpers/sample";
import { printTables } from "./print-table";
import { runWayIn } from "./run-way-in";
import { matrixRules } from "./topologies";
import { waysIn } from "./ways-in";

jest.setTimeout(30 * 60_000);
// An engine run waits as much as it computes: one more than there are cores keeps all of them at work.
const workers = availableParallelism() + 1;
// Drawn before anything runs side by side: the seed repeats them. In process every rule is tried in every way in.
const tried = sampleOf(waysIn, 1).map((way) => ({ way, rules: sampleOf(matrixRules, 1) }));

describe("a rejected plan changes nothing, whatever way it is declared and applied", () => {
  const collected: Record<string, Cell[]> = {};
  const collect = (title: string, cells: Cell[]): void => {
    collected[title] = cells;
    printTables(title, cells);
  };

  beforeAll(async () => {
    collect("Every rule, in process", await inProcessCells());
    process.stdout.write(`\nThe real engine tries a sample: ${sampleInWords}\n`);
    collect("Every rule, with the real engine", await everyRuleCells(workers));
    collect("Every way, with the real engine", (await inPool(workers, tried, runWayIn)).flat());
  });

  test("[E] every rule rejects every way of declaring links, in process", () => {
    expect(failuresIn(collected["Every rule, in process"]!)).toEqual([]);
  });

  test("[E] every rule rejects preview and up of the real engine", () => {
    expect(failuresIn(collected["Every rule, with the real engine"]!)).toEqual([]);
  });

  test.each(tried)(
    "[E] $way.title: a rule rejects every way of applying, and an accepted plan is created",
    ({ way }) => {
      const cells = collected["Every way, with the real engine"]!.filter(({ row }) => row === way.title);
      expect(failuresIn(cells)).toEqual([]);
    },
  );
});
