import { failuresIn, type Cell } from "../matrix/cell";
import { inPoolOf } from "../matrix/in-pool";
import { tableText } from "../matrix/print-table";
import { faults } from "./fault-list";
import { hasFaultProxy } from "./fault-proxy";
import { Site } from "./site";
import { actionsOf, type Action, type Subject } from "./subject";
import { runCleanly, tryStep, type Blow, type CleanRun } from "./try-step";

jest.setTimeout(20 * 60_000);

/** Sites at the same time: a fault is mostly waited for. */
const sitesAtOnce = 3;

interface Attempt {
  action: Action;
  clean: CleanRun;
  at: number;
  blow: Blow;
}

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
  const sites = await Promise.all(Array.from({ length: sitesAtOnce }, () => Site.open(subject)));
  try {
    const attempts = await attemptsOf(sites[0]!, subject, blows);
    const cells = await inPoolOf(sites, attempts, (site, attempt) => cellOf(site, subject, attempt));
    process.stdout.write(`\n${tableText(title, cells)}\n`);
    return failuresIn(cells);
  } finally {
    await Promise.all(sites.map((site) => site.close()));
  }
}

/** The steps come from the journal of a run without a fault, with a provider that knows the servers already. */
async function attemptsOf(site: Site, subject: Subject, blows: readonly Blow[]): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const action of actionsOf(subject)) {
    await runCleanly(site, subject, action);
    const clean = await runCleanly(site, subject, action);
    for (const at of clean.steps.keys()) for (const blow of blows) attempts.push({ action, clean, at, blow });
  }
  return attempts;
}

async function cellOf(site: Site, subject: Subject, { action, clean, at, blow }: Attempt): Promise<Cell> {
  const step = clean.steps[at]!;
  const row = `${action} ${at + 1}: ${step.server} ${step.door} ${step.operation} ${step.target}`;
  const found = await tryStep(site, { subject, action, clean }, at, blow).catch((error: Error) => [
    `the cell broke: ${error.message}`,
  ]);
  const column = blow === "SIGKILL" ? blow : blow.name;
  const { leaves } = subject;
  if (blow !== "SIGKILL" || !leaves?.at(step)) return { row, column, problems: found };
  const problems = found.filter(
    (each) => !each.startsWith(`after the deletion ${step.server}:${leaves.path} `),
  );
  return { row, column, problems, note: leaves.because };
}
