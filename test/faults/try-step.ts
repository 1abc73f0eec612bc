import type { JournalEntry } from "../../provider/simulator";
import { lateness, type Fault } from "./fault-list";
import { differences, pictureOf } from "../helpers/picture";
import { hurrying } from "./hurry";
import type { Fixture } from "./fixture";
import type { Step } from "./step";
import { ScenarioRun, type CleanRun, type Scenario } from "./scenario-run";
import { inject, type FaultyRun } from "./inject";
import { blindlyRepeated, leaked } from "./suspicions";

/** One step of a clean run, and what happens there. */
export interface Attempt {
  scenario: Scenario;
  clean: CleanRun;
  step: Step;
  fault: Fault;
}

export interface Outcome {
  problems: string[];
  /** Whether the fault made itself felt: the run failed, had to connect anew, or took longer. */
  isFelt: boolean;
  /** Whether something was tried after the fault. */
  wentOn: boolean;
}

/** Runs a scenario with a fault at one step, runs it again, and tells everything that is wrong then. */
export async function tryStep(fixture: Fixture, attempt: Attempt): Promise<Outcome> {
  const { scenario, fault } = attempt;
  const scenarioRun = new ScenarioRun(fixture, scenario);
  await scenarioRun.begin();
  const run = await inject(fixture, actOf(fixture, scenarioRun, fault), momentOf(attempt), fault);
  const problems = [
    ...problemsIn(run, attempt),
    ...leaked(fixture, [run.error?.message ?? "", fixture.provider.printed()], scenarioRun.secrets),
  ];
  if (scenario.action === "read" && scenarioRun.isGone)
    problems.push("what could not be read was taken for gone");
  problems.push(...scenarioRun.touched());
  if (fault === "SIGKILL") await fixture.startProvider();
  const before = fixture.remember();
  const ways = scenarioRun.isHalfMade ? [false, true] : [false];
  for (const withRefresh of ways) {
    fixture.recall(before);
    const found = await converge(fixture, scenarioRun, { attempt, before: run.entries, withRefresh });
    problems.push(...found.map((each) => (withRefresh ? `after a refresh ${each}` : each)));
  }
  return { problems, isFelt: isFelt(run, attempt), wentOn: run.after.length > 0 };
}

/** What the fault interrupts. Only a run in which a server falls silent waits for deadlines. */
function actOf(fixture: Fixture, scenarioRun: ScenarioRun, fault: Fault): () => Promise<void> {
  if (fault === "SIGKILL" || !fault.isSilent) return () => scenarioRun.act();
  return () => hurrying(fixture.provider.pid, () => scenarioRun.act());
}

/** The step at whose coming the fault falls; none for the beginning of the run. */
function momentOf({ clean, step, fault }: Attempt): Step | undefined {
  return fault !== "SIGKILL" && fault.isEarly ? clean.steps[clean.steps.indexOf(step) - 1] : step;
}

function problemsIn({ error, entries, hasCome }: FaultyRun, { fault }: Attempt): string[] {
  return [
    ...(hasCome ? [] : [`the step never came${error ? `: ${error.message}` : ""}`]),
    ...(fault === "SIGKILL" && !error ? ["nobody has felt that the provider was killed"] : []),
    ...blindlyRepeated(entries),
    ...(error && fault !== "SIGKILL" && fault.isHarmless ? [`it failed: ${error.message}`] : []),
  ];
}

function isFelt({ error, after, rest }: FaultyRun, { clean, step, fault }: Attempt): boolean {
  const isLate = rest >= clean.rest[clean.steps.indexOf(step)]! + lateness;
  if (fault !== "SIGKILL" && fault.isHarmless) return isLate;
  return error !== undefined || after.some(({ operation }) => operation === "connect");
}

/** The next run, and what must be true after it. */
async function converge(
  fixture: Fixture,
  scenarioRun: ScenarioRun,
  {
    attempt: { clean },
    before,
    withRefresh,
  }: { attempt: Attempt; before: readonly JournalEntry[]; withRefresh: boolean },
): Promise<string[]> {
  const resource = scenarioRun.fork();
  try {
    const entries = await fixture.entriesOf(async () => {
      if (withRefresh) await resource.refresh();
      await scenarioRun.act(resource);
    });
    const problems = differences(clean.done, scenarioRun.picture(resource));
    problems.push(...scenarioRun.touched(), ...blindlyRepeated([...before, ...entries]));
    if (await resource.refresh()) problems.push("a refresh finds drift");
    problems.push(...(await scenarioRun.end(resource)));
    const left = differences(clean.ended, pictureOf(fixture.simulator));
    return problems.concat(left.map((each) => `after the deletion ${each}`));
  } catch (error) {
    return [`the next run failed: ${(error as Error).message}`];
  }
}
