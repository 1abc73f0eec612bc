import { sampleInWords, sampleOf } from "../helpers/sample";
import { failuresIn, type Cell } from "../matrix/cell";
import { inPoolOf } from "../matrix/in-pool";
import { tableText } from "../matrix/print-table";
import { lineFaults, type Fault } from "./fault-list";
import { hasFaultProxy } from "./fault-proxy";
import { Fixture } from "./fixture";
import { rowsOf, type Row } from "./rows";
import type { Subject } from "./subject";
import { tryStep, type Outcome } from "./try-step";
import { testWhere } from "../helpers/where";

jest.setTimeout(20 * 60_000);

/** Fixtures at the same time: a fault on a line is mostly waited for, and a new process is mostly worked for. */
const fixturesAtOnce = { line: hasFaultProxy ? 10 : 0, kill: 4, clean: 3 };

/** A cell that was tried, and whether its fault was felt. */
type TriedCell = Cell & { isFelt: boolean };

/** Tries faults on some of the subjects, which are alike: the same lifecycles at other doors, or in other surroundings. */
export function faultMatrices(many: number, subjects: readonly Subject[]): void {
  sampleOf(subjects, many).forEach(faultMatrix);
}

/** Tries faults at the steps of every lifecycle of a subject, and prints the outcome as a table. */
export function faultMatrix(subject: Subject): void {
  const title = `${subject.type}, ${subject.title}`;
  const isOn = testWhere(hasFaultProxy);

  describe(title, () => {
    const fixtures: Fixture[] = [];
    let rows: Row[] = [];
    beforeAll(async () => {
      for (let at = 0; at < Math.max(...Object.values(fixturesAtOnce)); at += 1)
        fixtures.push(await Fixture.open(subject));
      rows = await rowsOf(fixtures.slice(0, fixturesAtOnce.clean), subject);
    });
    afterAll(() => Promise.all(fixtures.map((fixture) => fixture.close())));

    isOn("[I] the next run repairs the servers after a connection failed at any step", async () => {
      const tried = lineFaults.flatMap((fault) =>
        sampleOf(rows, stepsForEach).map((row) => ({ ...row, fault })),
      );
      const sample = `${tried.length} of ${rows.length * lineFaults.length} were tried: ${sampleInWords}`;
      expect(await problemsIn(`${title}: a line fails`, tried, fixtures, sample)).toEqual([]);
    });

    test("[I] the next run repairs the servers after the provider was killed at any step", async () => {
      const turns = rows.filter(({ isTurn }) => isTurn);
      const tried = sampleOf(turns, turnsForKills).map((row) => ({ ...row, fault: "SIGKILL" }) as const);
      const sample =
        `${tried.length} of ${turns.length} were tried: ${sampleInWords}. ` +
        `At the other ${rows.length - turns.length} steps the servers look as at one of these.`;
      const some = fixtures.slice(0, fixturesAtOnce.kill);
      expect(await problemsIn(`${title}: the provider is killed`, tried, some, sample)).toEqual([]);
    });
  });
}

/** At so many steps each fault is tried, and so many times a provider is killed: one of them at least must feel it. */
const [stepsForEach, turnsForKills] = [3, 4];

async function problemsIn(
  title: string,
  attempts: readonly (Row & { fault: Fault })[],
  fixtures: readonly Fixture[],
  which: string,
): Promise<string[]> {
  if (attempts.length === 0) return ["there is no step to try"];
  const cells = (await inPoolOf(fixtures, attempts, cellsOf)).flat();
  process.stdout.write(`\n${tableText(title, cells)}\n${which}\n${feltText(cells)}\n`);
  return [...failuresIn(cells), ...unfelt(cells)];
}

async function cellsOf(fixture: Fixture, attempt: Row & { fault: Fault }): Promise<TriedCell[]> {
  const { name: row, fault } = attempt;
  const outcome = await tryStep(fixture, attempt).catch((error: Error) => ({
    problems: [`the cell broke: ${error.message}`],
    isFelt: false,
    wentOn: false,
  }));
  const cell = cellOf(attempt, outcome);
  if (fault === "SIGKILL" || !fault.lasting) return [cell];
  if (outcome.wentOn) return [cell, ...(await cellsOf(fixture, { ...attempt, fault: fault.lasting }))];
  return [cell, { row, column: fault.lasting.name, note: alike, isFelt: false }];
}

const alike = "The run has tried nothing more after the reset: one that lasts would be the same.";

function cellOf(attempt: Row & { fault: Fault }, { problems, isFelt }: Outcome): TriedCell {
  const { fault, name: row } = attempt;
  const column = fault === "SIGKILL" ? fault : fault.name;
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
