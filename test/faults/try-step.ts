import type { JournalEntry } from "../../provider/simulator";
import type { Fault } from "./fault-list";
import { ManagedResource } from "./managed-resource";
import { differences, nameOf, pictureOf, type Picture } from "./picture";
import type { Site } from "./site";
import { blindlyRepeated, leaked } from "./suspicions";
import type { Action, Subject } from "./subject";

/** What happens at a step: a fault on the lines, or the provider's end. */
export type Blow = Fault | "SIGKILL";

/** A story: what is there first, what is then done, and what must be there in the end. */
export class Story {
  private readonly tokens: ManagedResource[];
  private readonly resource: ManagedResource;

  constructor(
    private readonly site: Site,
    private readonly subject: Subject,
    private readonly action: Action,
  ) {
    const provider = () => site.provider;
    this.tokens = subject.tokens.map(() => new ManagedResource("ApiToken", provider));
    this.resource = new ManagedResource(subject.type, provider);
  }

  /** Everything that has to be there before. */
  async begin(): Promise<void> {
    this.site.renew();
    for (const [at, token] of this.tokens.entries()) await token.up(this.subject.tokens[at]);
    if (this.action !== "create") await this.resource.up(this.subject.inputs(this.secrets));
  }

  /** What is done, over and over until it has succeeded. */
  async act(resource = this.resource): Promise<void> {
    if (this.action === "read") await resource.refresh();
    else await resource.up(this.wanted);
  }

  /** A copy of the resource as the state has it now. */
  fork(): ManagedResource {
    return this.resource.copy();
  }

  get isHalfMade(): boolean {
    return this.resource.isHalfMade;
  }

  get isGone(): boolean {
    return this.resource.state === undefined;
  }

  /** How the servers look, and which token the state of a token opens. */
  picture(resource = this.resource): Picture {
    const { simulator } = this.site;
    const secret = resource.state?.properties["token"];
    const state = { token: typeof secret === "string" ? nameOf(simulator, secret) : "none" };
    return { ...pictureOf(simulator), state };
  }

  async end(resource = this.resource): Promise<void> {
    await resource.up(undefined);
  }

  get secrets(): string[] {
    return this.tokens.map((token) => token.state!.properties["token"] as string);
  }

  private get wanted() {
    const { subject, action, secrets } = this;
    if (action === "delete") return undefined;
    if (action === "update") return subject.changed!(secrets);
    return action === "replace" ? subject.replaced!(secrets) : subject.inputs(secrets);
  }
}

/** How a run without any fault goes: its steps, and what it leaves. */
export interface CleanRun {
  steps: JournalEntry[];
  done: Picture;
  ended: Picture;
}

/** Runs a story without any fault. */
export async function runCleanly(site: Site, subject: Subject, action: Action): Promise<CleanRun> {
  const story = new Story(site, subject, action);
  await story.begin();
  const steps = await site.stepsOf(() => story.act());
  const done = story.picture();
  await story.end();
  return { steps, done, ended: pictureOf(site.simulator) };
}

/** Runs a story with a blow at one step, runs it again, and tells everything that is wrong then. */
export async function tryStep(
  site: Site,
  { subject, action, clean }: { subject: Subject; action: Action; clean: CleanRun },
  at: number,
  blow: Blow,
): Promise<string[]> {
  const story = new Story(site, subject, action);
  await story.begin();
  const { error, steps } = await strike(site, () => story.act(), at, blow);
  const problems = [
    ...(steps.length <= at ? ["the step never came"] : []),
    ...(blow === "SIGKILL" && !error ? ["nobody has felt that the provider was killed"] : []),
    ...blindlyRepeated(steps),
    ...leaked(site, [error?.message ?? "", site.provider.printed()], story.secrets),
    ...(error && blow !== "SIGKILL" && blow.isHarmless ? [`it failed: ${error.message}`] : []),
    ...(action === "read" && story.isGone ? ["what could not be read was taken for gone"] : []),
  ];
  if (blow === "SIGKILL") await site.startProvider();
  const before = site.remember();
  const ways = story.isHalfMade ? [false, true] : [false];
  for (const withRefresh of ways) {
    site.recall(before);
    const found = await converge(site, story, clean, withRefresh);
    problems.push(...found.map((each) => (withRefresh ? `after a refresh ${each}` : each)));
  }
  return problems;
}

/** The next run, and what must be true after it. */
async function converge(site: Site, story: Story, clean: CleanRun, withRefresh: boolean): Promise<string[]> {
  const resource = story.fork();
  try {
    if (withRefresh) await resource.refresh();
    await story.act(resource);
    // A lock without a living holder keeps nobody waiting; the deletion takes it along.
    const problems = differences(clean.done, story.picture(resource)).filter(
      (each) => !/\.lock is/.test(each),
    );
    if (await resource.refresh()) problems.push("a refresh finds drift");
    await story.end(resource);
    const left = differences(clean.ended, pictureOf(site.simulator));
    return problems.concat(left.map((each) => `after the deletion ${each}`));
  } catch (error) {
    return [`the next run failed: ${(error as Error).message}`];
  }
}

async function strike(
  site: Site,
  work: () => Promise<void>,
  at: number,
  blow: Blow,
): Promise<{ error?: Error; steps: JournalEntry[] }> {
  const steps: JournalEntry[] = [];
  const outcome: { error?: Error } = {};
  let over: Promise<void> | undefined;
  const end = site.simulator.watch((entry) => {
    steps.push(entry);
    if (steps.length === at + 1) over = site.strike(blow);
  });
  await work()
    .catch((error: unknown) => (outcome.error = error as Error))
    .finally(end);
  await over;
  await site.lines?.mend();
  return { ...outcome, steps };
}
