import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { JournalEntry } from "../../provider/simulator";
import { failuresIn, type Cell } from "../matrix/cell";
import { inPoolOf } from "../matrix/in-pool";
import { tableText } from "../matrix/print-table";
import { begunLine } from "./begun-line";
import { EngineSite, runs, type Run } from "./engine-site";
import { differences, pictureOf, type Picture } from "./picture";

jest.setTimeout(30 * 60_000);

const sitesAtOnce = availableParallelism() + 1;
const title = "The real engine, whose provider is killed";
// Processes are found through /proc.
const onLinux = existsSync("/proc/self") ? test : test.skip;

onLinux(
  "[E] the next run makes good a provider that was killed at any change, with the real engine",
  async () => {
    const sites = await Promise.all(Array.from({ length: sitesAtOnce }, () => EngineSite.open()));
    try {
      const attempts: Attempt[] = [];
      let steps = 0;
      for (const run of Object.keys(runs) as Run[]) {
        const clean = await runCleanly(sites[0]!, run);
        steps += clean.steps.length;
        for (const step of chosen(clean.steps)) attempts.push({ run, step, ...clean });
      }
      const cells = await inPoolOf(sites, attempts, async (site, attempt) => {
        const problems = await tryStep(site, attempt).catch((error: Error) => [
          `the cell broke: ${error.message}`,
        ]);
        return cellOf(attempt, problems);
      });
      const leftOut = `${attempts.length} of ${steps} steps: each kind of change once; all of them, and every look, without the engine`;
      process.stdout.write(`\n${tableText(title, cells)}\n${leftOut}\n`);
      expect(failuresIn(cells)).toEqual([]);
    } finally {
      await Promise.all(sites.map((site) => site.close()));
    }
  },
);

interface CleanRun {
  steps: JournalEntry[];
  done: Picture;
  ended: Picture;
}

interface Attempt extends CleanRun {
  run: Run;
  step: JournalEntry;
}

/** The steps of a run without a fault, how it leaves the servers, and how they are after destroy. */
async function runCleanly(site: EngineSite, run: Run): Promise<CleanRun> {
  await site.goBackTo("up");
  const ended = pictureOf(site.simulator);
  await site.goBackTo(run);
  await site.execute(run);
  return { steps: site.simulator.journal(), done: pictureOf(site.simulator), ended };
}

/** A kill at a step that only looks leaves what the one at the change before it has left. */
function chosen(steps: readonly JournalEntry[]): JournalEntry[] {
  const changes = steps.filter(({ write }) => write);
  return changes.filter((step, at) => changes.findIndex((other) => kindOf(other) === kindOf(step)) === at);
}

/** What tells kinds of steps apart: temporary files have other names in each run. */
function kindOf({ server, door, operation, target }: JournalEntry): string {
  return [
    server,
    door,
    operation,
    target.startsWith("/") ? target.slice(0, target.lastIndexOf("/")) : "",
  ].join(" ");
}

function cellOf({ run, step }: Attempt, found: string[]): Cell {
  const row = `${run}: ${step.server} ${step.door} ${step.operation} ${step.target}`;
  if (run === "destroy" || !begunLine.at(step)) return { row, column: "SIGKILL", problems: found };
  const problems = found.filter(
    (each) => !each.startsWith(`after destroy ${step.server}:${begunLine.path} `),
  );
  return { row, column: "SIGKILL", problems, note: begunLine.because };
}

async function tryStep(site: EngineSite, { run, step, done, ended }: Attempt): Promise<string[]> {
  await site.goBackTo(run);
  const { hasCome, code } = await site.executeUntil(run, (entry) => kindOf(entry) === kindOf(step));
  const problems = hasCome ? [] : ["the step never came"];
  if (code === 0) problems.push("the run has not felt that its provider was killed");
  const next = await site.execute(run);
  if (next.code !== 0) problems.push(`the next run failed: ${next.stdout}${next.stderr}`);
  if (run === "destroy") return problems.concat(differences(done, pictureOf(site.simulator)));
  problems.push(...differences(done, pictureOf(site.simulator)), ...(await stateProblems(site)));
  const last = await site.execute("destroy");
  if (last.code !== 0) problems.push(`destroy failed: ${last.stdout}${last.stderr}`);
  return problems.concat(
    differences(ended, pictureOf(site.simulator)).map((each) => `after destroy ${each}`),
  );
}

async function stateProblems({ project }: EngineSite): Promise<string[]> {
  const exported = await project.run(["stack", "export"]);
  const { deployment } = JSON.parse(exported.stdout) as { deployment: { pending_operations?: object[] } };
  const drift = await project.preview("--refresh", "--expect-no-changes");
  return [
    ...((deployment.pending_operations ?? []).length > 0 ? ["an operation is pending in the state"] : []),
    ...(drift.code === 0 ? [] : [`a refresh finds drift: ${drift.stdout}${drift.stderr}`]),
  ];
}
