import { failuresIn, type Cell } from "../matrix/cell";
import { inPoolOf } from "../matrix/in-pool";
import type { Picture } from "../helpers/picture";
import { tableText } from "../matrix/print-table";
import { faults, type Blow } from "./fault-list";
import { hasFaultProxy } from "./fault-proxy";
import { Site } from "./site";
import { inWords, stepsMissingIn, type Step } from "./step";
import { runCleanly, type Plot } from "./story";
import { actionsOf, firstContacts, type Action, type Subject } from "./subject";
import { tryStep, type Attempt, type Outcome } from "./try-step";

jest.setTimeout(20 * 60_000);

/** Sites at the same time: a fault is mostly waited for. */
const sitesAtOnce = 4;

/** A step to be tried, in the words of its row. */
type Row = Omit<Attempt, "blow"> & {
  name: string;
  /** Whether the servers look after it as they have after no step before: a kill here is another one than those. */
  isTurn: boolean;
};

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
    const attempts = rows.flatMap((row) =>
      blows.filter((blow) => blow !== "SIGKILL" || row.isTurn).map((blow) => ({ ...row, blow })),
    );
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
    const seen = new Set<string>();
    let known: Step[] = [];
    for (const plot of plotsOf(subject, action)) {
      await runCleanly(site, plot);
      const clean = await runCleanly(site, plot);
      const title = plot.isFirstContact ? `${action}, first contact` : action;
      stepsMissingIn(known, clean.steps).forEach((step, at) => {
        if (!isTried(subject, step)) return;
        const picture = withoutNumbers(clean.left[clean.steps.indexOf(step)]!);
        rows.push({
          plot,
          clean,
          step,
          isTurn: !seen.has(picture),
          name: `${title} ${at + 1}: ${inWords(step)}`,
        });
        seen.add(picture);
      });
      known = clean.steps;
    }
  }
  return rows;
}

/** A new name comes in a run of its own, which is a process of its own. */
function plotsOf(subject: Subject, action: Action): Plot[] {
  const [usual, first] = [false, true].map((isFirstContact) => ({ subject, action, isFirstContact }));
  if (action === "rename") return [first!];
  return firstContacts.includes(action) && subject.door === "https" ? [usual!, first!] : [usual!];
}

/** Temporary files have other names in each run. */
function withoutNumbers(picture: Picture): string {
  return JSON.stringify(picture).replaceAll(/[0-9a-f]{16}/g, "*");
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
