import { failuresIn, type Cell } from "../matrix/cell";
import { inPoolOf } from "../matrix/in-pool";
import { tableText } from "../matrix/print-table";
import { faults, type Blow } from "./fault-list";
import { hasFaultProxy } from "./fault-proxy";
import { without, type Leftover } from "./leftover";
import { Site } from "./site";
import { inWords, stepsMissingIn, type Step } from "./step";
import { runCleanly } from "./story";
import { actionsOf, firstContacts, type Subject } from "./subject";
import { tryStep, type Attempt, type Outcome } from "./try-step";

jest.setTimeout(20 * 60_000);

/** Sites at the same time: a fault is mostly waited for. */
const sitesAtOnce = 4;

/** A step to be tried, in the words of its row. */
type Row = Omit<Attempt, "blow"> & { name: string };

/** A cell that was tried, and whether its blow was felt. */
type TriedCell = Cell & { isFelt: boolean };

/** Tries every fault at every step of every lifecycle of a subject, and prints the outcome as a table. */
export function faultMatrix(subject: Subject): void {
  const title = `${subject.type}, ${subject.title}`;
  const isOn = hasFaultProxy ? test : test.skip;

  isOn(`[I] ${title}: the next run makes good whatever fails at any step`, async () => {
    expect(await problemsOf(`${title}: a line fails`, subject, faults)).toEqual([]);
  });

  test(`[I] ${title}: the next run makes good a provider that was killed at any step`, async () => {
    expect(await problemsOf(`${title}: the provider is killed`, subject, ["SIGKILL"])).toEqual([]);
  });
}

async function problemsOf(title: string, subject: Subject, blows: readonly Blow[]): Promise<string[]> {
  const sites: Site[] = [];
  try {
    for (let at = 0; at < sitesAtOnce; at += 1) sites.push(await Site.open(subject));
    const rows = await rowsOf(sites[0]!, subject);
    if (rows.length === 0) return ["there is no step to try"];
    const attempts = rows.flatMap((row) => blows.map((blow) => ({ ...row, blow })));
    const cells = (await inPoolOf(sites, attempts, cellsOf)).flat();
    process.stdout.write(`\n${tableText(title, cells)}\n${feltText(cells)}\n`);
    return [...failuresIn(cells), ...unfelt(cells)];
  } finally {
    await Promise.all(sites.map((site) => site.close()));
  }
}

/** The steps come from the journals of runs without a fault. */
async function rowsOf(site: Site, subject: Subject): Promise<Row[]> {
  const rows: Row[] = [];
  for (const action of actionsOf(subject)) {
    const plot = { subject, action, isFirstContact: false };
    await runCleanly(site, plot);
    const clean = await runCleanly(site, plot);
    clean.steps.forEach((step, at) => {
      if (!isTried(subject, step)) return;
      rows.push({ plot, clean, step, name: `${action} ${at + 1}: ${inWords(step)}` });
    });
    if (!firstContacts.includes(action) || subject.door === "whmapi1") continue;
    const first = { ...plot, isFirstContact: true };
    const cleanFirst = await runCleanly(site, first);
    stepsMissingIn(clean.steps, cleanFirst.steps).forEach((step, at) => {
      const name = `${action}, first contact ${at + 1}: ${inWords(step)}`;
      rows.push({ plot: first, clean: cleanFirst, step, name });
    });
  }
  return rows;
}

/** Without an API in the settings its functions go over SSH; everything else is the same, and tried with one. */
function isTried({ door }: Subject, { entry }: Step): boolean {
  return door === "https" || entry.door === "exec";
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
  const leftover = leftoverOf(attempt);
  if (!leftover) return { row, column, problems, isFelt };
  return { row, column, problems: without(leftover, problems), note: leftover.because, isFelt };
}

function leftoverOf({ plot, clean, step, blow }: Row & { blow: Blow }): Leftover | undefined {
  const before = clean.steps.slice(0, clean.steps.indexOf(step)).map(({ entry }) => entry);
  return plot.subject.leaves?.find(
    ({ actions, isKill, at }) =>
      actions.includes(plot.action) && isKill === (blow === "SIGKILL") && at(step.entry, before),
  );
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
