import type { JournalEntry } from "../../provider/simulator";
import { everyFile } from "../helpers/managed-servers";
import type { CommandResult } from "../helpers/run-command";
import type { EngineFixture, Run } from "./engine-fixture";
import { changesInState, keptBy, leftInState, stateFileProblems, type Kept } from "./engine-state";
import type { Fault } from "./fault-list";
import { differences, pictureOf, type Picture } from "../helpers/picture";
import { journalButSigns } from "../helpers/server-files";
import { blindlyRepeated, leaked } from "./suspicions";

/** A run without a fault: its steps, how it leaves the servers, and how they are after destroy. */
export interface CleanRun {
  steps: JournalEntry[];
  done: Picture;
  ended: Picture;
}

/** A run that meets with a fault at one kind of step. */
export interface Attempt extends CleanRun {
  run: Run;
  step: JournalEntry;
  fault: Fault;
}

/** A sign of life is no step: it comes when it is time, in a slow run and not in a quick one. */
export async function runCleanly(fixture: EngineFixture, run: Run): Promise<CleanRun> {
  await fixture.goBackTo("up");
  const ended = pictureOf(fixture.simulator);
  await fixture.goBackTo(run);
  await fixture.execute(run);
  return { steps: journalButSigns(fixture.simulator), done: pictureOf(fixture.simulator), ended };
}

/** What tells kinds of steps apart: temporary files have other names in each run. */
export function kindOf({ server, door, operation, target }: JournalEntry): string {
  const place = target.startsWith("/") ? target.slice(0, target.lastIndexOf("/")) : "";
  return [server, door, operation, place].join(" ");
}

/** Everything that is wrong after the fault, after the next run and after the end; whether the run itself succeeded. */
export async function tryStep(
  fixture: EngineFixture,
  attempt: Attempt,
): Promise<{ problems: string[]; hasSucceeded: boolean }> {
  const { run, step, fault } = attempt;
  await fixture.goBackTo(run);
  const before = run === "refresh" ? await keptBy(fixture.project) : [];
  const { hasCome, result } = await fixture.executeUntil(
    run,
    (entry) => kindOf(entry) === kindOf(step),
    fault,
  );
  const hasSucceeded = result.code === 0;
  const problems = [
    ...(hasCome ? [] : ["the step never came"]),
    ...(hasSucceeded && isLasting(fault) ? ["the run has not felt it"] : []),
    ...(fault === "SIGKILL" ? [] : suspicionsAbout(fixture, result)),
    ...(hasSucceeded || run === "refresh" ? [] : problemOf("the next run", await fixture.execute(run))),
    ...(await (run === "refresh" ? keepsAll(fixture, before) : converges(fixture, attempt))),
  ];
  return { problems, hasSucceeded };
}

/** A run that works on in spite of such a fault has not been hit by it. */
function isLasting(fault: Fault): boolean {
  return fault === "SIGKILL" || fault.lasts === undefined;
}

/** What a run must not do, whatever is broken: keep the reason to itself, send a change twice, tell a secret. */
function suspicionsAbout(fixture: EngineFixture, { code, stdout, stderr }: CommandResult): string[] {
  const said = stdout + stderr;
  const isExplained = /Failed to .* on (web1|ns1): .*\[[a-z-]+\]\. [A-Z]/.test(said);
  return [
    ...(code === 0 || isExplained ? [] : [`it failed without a reason: ${said}`]),
    ...blindlyRepeated(fixture.simulator.journal()),
    ...leaked(fixture, [said], secretsOn(fixture)),
  ];
}

function secretsOn({ simulator }: EngineFixture): string[] {
  const texts = Object.values(everyFile(simulator)).flatMap((files) => Object.values(files));
  return texts.flatMap((text) => /^pass=(.+)$/m.exec(text)?.[1] ?? []);
}

/** All is as after a run without a fault, nothing is left over, and destroy takes everything away. */
async function converges(fixture: EngineFixture, { run, done, ended }: Attempt): Promise<string[]> {
  const { project, simulator } = fixture;
  const problems = differences(done, pictureOf(simulator));
  if (run !== "destroy") {
    problems.push(...(await stateFileProblems(project)), ...(await driftIn(fixture)));
    problems.push(...problemOf("destroy", await fixture.execute("destroy")));
    problems.push(...differences(ended, pictureOf(simulator)).map((each) => `after destroy ${each}`));
  }
  return problems.concat(await leftInState(project));
}

/** A refresh that could not ask has changed nothing, on the servers or in the state, and the next one finds nothing. */
async function keepsAll(fixture: EngineFixture, before: readonly Kept[]): Promise<string[]> {
  const written = fixture.simulator.journal().filter(({ write }) => write);
  return [
    ...written.map(({ operation, target }) => `a refresh wrote: ${operation} ${target}`),
    ...changesInState(before, await keptBy(fixture.project)),
    ...(await stateFileProblems(fixture.project)),
    ...(await driftIn(fixture)),
  ];
}

async function driftIn({ project }: EngineFixture): Promise<string[]> {
  return problemOf("a look for drift", await project.preview("--refresh", "--expect-no-changes"));
}

function problemOf(what: string, { code, stdout, stderr }: CommandResult): string[] {
  return code === 0 ? [] : [`${what} ended with ${code}: ${stdout}${stderr}`];
}
