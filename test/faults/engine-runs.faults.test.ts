import { availableParallelism } from "node:os";
import type { JournalEntry } from "../../provider/simulator";
import { sampleInWords, sampleOf } from "../helpers/sample";
import { failuresIn, type Cell } from "../matrix/cell";
import { inPoolOf } from "../matrix/in-pool";
import { tableText } from "../matrix/print-table";
import { EngineFixture, runs, type Run } from "./engine-fixture";
import { kindOf, runCleanly, tryStep, type Attempt, type CleanRun } from "./engine-step";
import { lineFaults, type Fault } from "./fault-list";
import { hasFaultProxy } from "./fault-proxy";
import { onLinux, testWhere } from "../helpers/where";

jest.setTimeout(30 * 60_000);

const fixturesAtOnce = availableParallelism() + 1;
/** A cell is six runs of the engine or so: of them no more are tried than these, a sample. */
const mostCells = 2;
const changing: readonly Run[] = ["up", "up with new tokens", "destroy"];
// Every fault at every step is tried without the engine; here one that lasts and one that passes.
const onLine = lineFaults
  .map((fault) => fault.lasting ?? fault)
  .filter(({ name }) => name === "reset" || name === "answer cut");
// Processes are found through /proc.
const withProxy = testWhere(hasFaultProxy);

describe("an interrupted run of the real engine", () => {
  let fixtures: EngineFixture[] = [];
  const clean = {} as Record<Run, CleanRun>;
  beforeAll(async () => {
    fixtures = await Promise.all(Array.from({ length: fixturesAtOnce }, () => EngineFixture.open()));
    const all = Object.keys(runs) as Run[];
    const done = await inPoolOf(
      fixtures,
      all,
      async (fixture, run) => [run, await runCleanly(fixture, run)] as const,
    );
    Object.assign(clean, Object.fromEntries(done));
  });
  afterAll(() => Promise.all(fixtures.map((fixture) => fixture.close())));

  onLinux("[E] is repaired by the next run when the provider was killed at any change", async () => {
    expect(await problemsOf("its provider is killed", changing, ["SIGKILL"])).toEqual([]);
  });

  withProxy("[E] is repaired by the next run when a connection failed at any change", async () => {
    expect(await problemsOf("a line fails", changing, onLine)).toEqual([]);
  });

  withProxy("[E] keeps the whole state when a connection fails at any read of a refresh", async () => {
    expect(await problemsOf("a line fails", ["refresh"], onLine)).toEqual([]);
  });

  async function problemsOf(
    title: string,
    which: readonly Run[],
    faults: readonly Fault[],
  ): Promise<string[]> {
    const every = which.flatMap((run) =>
      kindsOf(run).flatMap((step) => faults.map((fault): Attempt => ({ run, step, fault, ...clean[run] }))),
    );
    const chosen = sampleOf(every, mostCells);
    const cells = await inPoolOf(fixtures, chosen, cellOf);
    const sample = `${chosen.length} of ${every.length} were tried: ${sampleInWords}`;
    process.stdout.write(
      `\n${tableText(`The real engine: ${title}`, cells)}\n${leftOut(which)}\n${sample}\n`,
    );
    return failuresIn(cells);
  }

  /** Of the steps that change something the first of each kind; of a refresh, which only looks, those that look. */
  function kindsOf(run: Run): JournalEntry[] {
    const steps = clean[run].steps.filter((step) => run === "refresh" || isChange(run, step));
    return steps.filter((step, at) => steps.findIndex((other) => kindOf(other) === kindOf(step)) === at);
  }

  function leftOut(which: readonly Run[]): string {
    const [some, all] = [which.flatMap(kindsOf).length, which.flatMap((run) => clean[run].steps).length];
    return `${some} of ${all} steps: each kind once; all of them, and every fault, without the engine`;
  }
});

/** Once the cluster is there, making its directories changes nothing. */
function isChange(run: Run, { write, operation }: JournalEntry): boolean {
  return write && !(operation === "mkdir" && runs[run] === "applied");
}

async function cellOf(fixture: EngineFixture, attempt: Attempt): Promise<Cell> {
  const { run, step, fault } = attempt;
  const { problems, hasSucceeded } = await tryStep(fixture, attempt).catch((error: Error) => ({
    problems: [`the cell broke: ${error.message}`],
    hasSucceeded: false,
  }));
  const row = `${run}: ${step.server} ${step.door} ${step.operation} ${step.target}`;
  const column = fault === "SIGKILL" ? fault : fault.name;
  return { row, column, problems, ...(hasSucceeded && { note: "The run itself has succeeded." }) };
}
