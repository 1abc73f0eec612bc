import type { JournalEntry } from "../../provider/simulator";
import { everyFile } from "../helpers/managed-servers";
import type { CommandResult } from "../helpers/run-command";
import type { EngineSite, Run } from "./engine-site";
import { changesInState, keptBy, leftInState, stateFileProblems, type Kept } from "./engine-state";
import type { Blow } from "./fault-list";
import { differences, pictureOf, type Picture } from "../helpers/picture";
import { blindlyRepeated, leaked } from "./suspicions";

/** A run without a fault: its steps, how it leaves the servers, and how they are after destroy. */
export interface CleanRun {
  steps: JournalEntry[];
  done: Picture;
  ended: Picture;
}

/** A run that meets with a blow at one kind of step. */
export interface Attempt extends CleanRun {
  run: Run;
  step: JournalEntry;
  blow: Blow;
}

export async function runCleanly(site: EngineSite, run: Run): Promise<CleanRun> {
  await site.goBackTo("up");
  const ended = pictureOf(site.simulator);
  await site.goBackTo(run);
  await site.execute(run);
  return { steps: site.simulator.journal(), done: pictureOf(site.simulator), ended };
}

/** What tells kinds of steps apart: temporary files have other names in each run. */
export function kindOf({ server, door, operation, target }: JournalEntry): string {
  const place = target.startsWith("/") ? target.slice(0, target.lastIndexOf("/")) : "";
  return [server, door, operation, place].join(" ");
}

/** Everything that is wrong after the blow, after the next run and after the end; whether the run itself succeeded. */
export async function tryStep(
  site: EngineSite,
  attempt: Attempt,
): Promise<{ problems: string[]; hasSucceeded: boolean }> {
  const { run, step, blow } = attempt;
  await site.goBackTo(run);
  const before = run === "refresh" ? await keptBy(site.project) : [];
  const { hasCome, result } = await site.executeUntil(run, (entry) => kindOf(entry) === kindOf(step), blow);
  const hasSucceeded = result.code === 0;
  const problems = [
    ...(hasCome ? [] : ["the step never came"]),
    ...(hasSucceeded && isLasting(blow) ? ["the run has not felt it"] : []),
    ...(blow === "SIGKILL" ? [] : suspicionsAbout(site, result)),
    ...(hasSucceeded || run === "refresh" ? [] : problemOf("the next run", await site.execute(run))),
    ...(await (run === "refresh" ? keepsAll(site, before) : converges(site, attempt))),
  ];
  return { problems, hasSucceeded };
}

/** A run that works on in spite of such a blow has not been hit by it. */
function isLasting(blow: Blow): boolean {
  return blow === "SIGKILL" || blow.lasts === undefined;
}

/** What a run must not do, whatever is broken: keep the reason to itself, send a change twice, tell a secret. */
function suspicionsAbout(site: EngineSite, { code, stdout, stderr }: CommandResult): string[] {
  const said = stdout + stderr;
  const isExplained = /Failed to .* on (web1|ns1): .*\[[a-z-]+\]\. [A-Z]/.test(said);
  return [
    ...(code === 0 || isExplained ? [] : [`it failed without a reason: ${said}`]),
    ...blindlyRepeated(site.simulator.journal()),
    ...leaked(site, [said], secretsOn(site)),
  ];
}

function secretsOn({ simulator }: EngineSite): string[] {
  const texts = Object.values(everyFile(simulator)).flatMap((files) => Object.values(files));
  return texts.flatMap((text) => /^pass=(.+)$/m.exec(text)?.[1] ?? []);
}

/** All is as after a run without a fault, nothing is left over, and destroy takes everything away. */
async function converges(site: EngineSite, { run, done, ended }: Attempt): Promise<string[]> {
  const { project, simulator } = site;
  const problems = differences(done, pictureOf(simulator));
  if (run !== "destroy") {
    problems.push(...(await stateFileProblems(project)), ...(await driftIn(site)));
    problems.push(...problemOf("destroy", await site.execute("destroy")));
    problems.push(...differences(ended, pictureOf(simulator)).map((each) => `after destroy ${each}`));
  }
  return problems.concat(await leftInState(project));
}

/** A refresh that could not ask has changed nothing, on the servers or in the state, and the next one finds nothing. */
async function keepsAll(site: EngineSite, before: readonly Kept[]): Promise<string[]> {
  const written = site.simulator.journal().filter(({ write }) => write);
  return [
    ...written.map(({ operation, target }) => `a refresh wrote: ${operation} ${target}`),
    ...changesInState(before, await keptBy(site.project)),
    ...(await stateFileProblems(site.project)),
    ...(await driftIn(site)),
  ];
}

async function driftIn({ project }: EngineSite): Promise<string[]> {
  return problemOf("a look for drift", await project.preview("--refresh", "--expect-no-changes"));
}

function problemOf(what: string, { code, stdout, stderr }: CommandResult): string[] {
  return code === 0 ? [] : [`${what} ended with ${code}: ${stdout}${stderr}`];
}
