import { sampleInWords, sampleOf } from "../helpers/sample";
import { failuresIn, type Cell } from "../matrix/cell";
import { inPoolOf } from "../matrix/in-pool";
import { tableText } from "../matrix/print-table";
import { faults, type Blow } from "./fault-list";
import { hasFaultProxy } from "./fault-proxy";
import { Site } from "./site";
import { rowsOf, type Row } from "./rows";
import type { Subject } from "./subject";
import { tryStep, type Outcome } from "./try-step";

jest.setTimeout(20 * 60_000);

/** Sites at the same time: a fault on a line is mostly waited for, and a new process is mostly worked for. */
const sitesAtOnce = { line: hasFaultProxy ? 10 : 0, kill: 4 };

/** A cell that was tried, and whether its blow was felt. */
type TriedCell = Cell & { isFelt: boolean };

/** Tries faults at the steps of every lifecycle of a subject, and prints the outcome as a table. */
export function faultMatrix(subject: Subject): void {
  const title = `${subject.type}, ${subject.title}`;
  const isOn = hasFaultProxy ? test : test.skip;

  describe(title, () => {
    const sites: Site[] = [];
    let rows: Row[] = [];
    beforeAll(async () => {
      for (let at = 0; at < Math.max(...Object.values(sitesAtOnce)); at += 1)
        sites.push(await Site.open(subject));
      rows = await rowsOf(sites[0]!, subject);
    });
    afterAll(() => Promise.all(sites.map((site) => site.close())));

    isOn("[I] the next run makes good whatever fails at any step", async () => {
      const tried = faults.flatMap((blow) => sampleOf(rows, stepsForEach).map((row) => ({ ...row, blow })));
      const sample = `${tried.length} of ${rows.length * faults.length} were tried: ${sampleInWords}`;
      expect(await problemsIn(`${title}: a line fails`, tried, sites, sample)).toEqual([]);
    });

    test("[I] the next run makes good a provider that was killed at any step", async () => {
      const turns = rows.filter(({ isTurn }) => isTurn);
      const tried = sampleOf(turns, turnsForKills).map((row) => ({ ...row, blow: "SIGKILL" }) as const);
      const sample =
        `${tried.length} of ${turns.length} were tried: ${sampleInWords}. ` +
        `At the other ${rows.length - turns.length} steps the servers look as at one of these.`;
      const some = sites.slice(0, sitesAtOnce.kill);
      expect(await problemsIn(`${title}: the provider is killed`, tried, some, sample)).toEqual([]);
    });
  });
}

/** At so many steps each fault is tried, and so many times a provider is killed: one of them at least must feel it. */
const [stepsForEach, turnsForKills] = [8, 12];

async function problemsIn(
  title: string,
  attempts: readonly (Row & { blow: Blow })[],
  sites: readonly Site[],
  which: string,
): Promise<string[]> {
  if (attempts.length === 0) return ["there is no step to try"];
  const cells = (await inPoolOf(sites, attempts, cellsOf)).flat();
  process.stdout.write(`\n${tableText(title, cells)}\n${which}\n${feltText(cells)}\n`);
  return [...failuresIn(cells), ...unfelt(cells)];
}

async function cellsOf(site: Site, attempt: Row & { blow: Blow }): Promise<TriedCell[]> {
  const { name: row, blow } = attempt;
  const outcome = await tryStep(site, attempt).catch((error: Error) => ({
    problems: [`the cell broke: ${error.message}`],
    isFelt: false,
    wentOn: false,
  }));
  const cell = cellOf(attempt, outcome);
  if (blow === "SIGKILL" || !blow.lasting) return [cell];
  if (outcome.wentOn) return [cell, ...(await cellsOf(site, { ...attempt, blow: blow.lasting }))];
  return [cell, { row, column: blow.lasting.name, note: alike, isFelt: false }];
}

const alike = "The run has tried nothing more after the reset: one that lasts would be the same.";

function cellOf(attempt: Row & { blow: Blow }, { problems, isFelt }: Outcome): TriedCell {
  const { blow, name: row } = attempt;
  const column = blow === "SIGKILL" ? blow : blow.name;
  return { row, column, problems, isFelt };
}

/** A fault that no run has felt has proven nothing. */
function unfelt(cells: readonly TriedCell[]): string[] {
  return columnsOf(cells)
    .filter(({ felt, tried }) => tried > 0 && felt === 0)
    .map(({ column }) => `${column}: no run has felt it`);
}

function feltText(cells: readonly TriedCell[]): string {
  return `felt: ${columnsOf(cells)
    .map(({ column, felt, tried }) => `${column} ${felt} of ${tried}`)
    .join(", ")}`;
}

function columnsOf(cells: readonly TriedCell[]): { column: string; felt: number; tried: number }[] {
  return [...new Set(cells.map(({ column }) => column))].map((column) => {
    const own = cells.filter((cell) => cell.column === column && cell.problems);
    return { column, tried: own.length, felt: own.filter(({ isFelt }) => isFelt).length };
  });
}
