import type { JournalEntry } from "../../provider/simulator";
import { lateness, type Blow } from "./fault-list";
import { differences, pictureOf } from "../helpers/picture";
import { hurrying } from "./hurry";
import type { Site } from "./site";
import type { Step } from "./step";
import { Story, type CleanRun, type Plot } from "./story";
import { strike, type StruckRun } from "./strike";
import { blindlyRepeated, leaked } from "./suspicions";

/** One step of a clean run, and what happens there. */
export interface Attempt {
  plot: Plot;
  clean: CleanRun;
  step: Step;
  blow: Blow;
}

export interface Outcome {
  problems: string[];
  /** Whether the blow made itself felt: the run failed, had to connect anew, or took longer. */
  isFelt: boolean;
  /** Whether something was tried after the blow. */
  wentOn: boolean;
}

/** Runs a story with a blow at one step, runs it again, and tells everything that is wrong then. */
export async function tryStep(site: Site, attempt: Attempt): Promise<Outcome> {
  const { plot, blow } = attempt;
  const story = new Story(site, plot);
  await story.begin();
  const run = await strike(site, actOf(site, story, blow), momentOf(attempt), blow);
  const problems = [
    ...problemsIn(run, attempt),
    ...leaked(site, [run.error?.message ?? "", site.provider.printed()], story.secrets),
  ];
  if (plot.action === "read" && story.isGone) problems.push("what could not be read was taken for gone");
  problems.push(...story.touched());
  if (blow === "SIGKILL") await site.startProvider();
  const before = site.remember();
  const ways = story.isHalfMade ? [false, true] : [false];
  for (const withRefresh of ways) {
    site.recall(before);
    const found = await converge(site, story, { attempt, before: run.entries, withRefresh });
    problems.push(...found.map((each) => (withRefresh ? `after a refresh ${each}` : each)));
  }
  return { problems, isFelt: isFelt(run, attempt), wentOn: run.after.length > 0 };
}

/** What is struck. Only a run in which a server falls silent waits for deadlines. */
function actOf(site: Site, story: Story, blow: Blow): () => Promise<void> {
  if (blow === "SIGKILL" || !blow.isSilent) return () => story.act();
  return () => hurrying(site.provider.pid, () => story.act());
}

/** The step at whose coming the blow falls; none for the beginning of the run. */
function momentOf({ clean, step, blow }: Attempt): Step | undefined {
  return blow !== "SIGKILL" && blow.isEarly ? clean.steps[clean.steps.indexOf(step) - 1] : step;
}

function problemsIn({ error, entries, hasCome }: StruckRun, { blow }: Attempt): string[] {
  return [
    ...(hasCome ? [] : [`the step never came${error ? `: ${error.message}` : ""}`]),
    ...(blow === "SIGKILL" && !error ? ["nobody has felt that the provider was killed"] : []),
    ...blindlyRepeated(entries),
    ...(error && blow !== "SIGKILL" && blow.isHarmless ? [`it failed: ${error.message}`] : []),
  ];
}

function isFelt({ error, after, rest }: StruckRun, { clean, step, blow }: Attempt): boolean {
  const isLate = rest >= clean.rest[clean.steps.indexOf(step)]! + lateness;
  if (blow !== "SIGKILL" && blow.isHarmless) return isLate;
  return error !== undefined || after.some(({ operation }) => operation === "connect");
}

/** The next run, and what must be true after it. */
async function converge(
  site: Site,
  story: Story,
  {
    attempt: { clean },
    before,
    withRefresh,
  }: { attempt: Attempt; before: readonly JournalEntry[]; withRefresh: boolean },
): Promise<string[]> {
  const resource = story.fork();
  try {
    const entries = await site.entriesOf(async () => {
      if (withRefresh) await resource.refresh();
      await story.act(resource);
    });
    const problems = differences(clean.done, story.picture(resource));
    problems.push(...story.touched(), ...blindlyRepeated([...before, ...entries]));
    if (await resource.refresh()) problems.push("a refresh finds drift");
    problems.push(...(await story.end(resource)));
    const left = differences(clean.ended, pictureOf(site.simulator));
    return problems.concat(left.map((each) => `after the deletion ${each}`));
  } catch (error) {
    return [`the next run failed: ${(error as Error).message}`];
  }
}
