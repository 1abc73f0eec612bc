import type { JournalEntry } from "../../provider/simulator";
import { ManagedResource } from "./managed-resource";
import { differences, nameOf, pictureOf, type Picture } from "../helpers/picture";
import type { Fixture } from "./fixture";
import { stepsIn, type Step } from "./step";
import type { Action, Subject } from "./subject";

/** What is tried: an action, with a provider that knows the servers already or with one that meets them for the first time. */
export interface Scenario {
  subject: Subject;
  action: Action;
  isFirstContact: boolean;
}

/** One run of a scenario: what is there first, what is then done, and what must be there in the end. */
export class ScenarioRun {
  private readonly tokens: ManagedResource[];
  private readonly resource: ManagedResource;
  /** Of another stack; undefined where nobody else has anything to do with it. */
  private readonly neighbour: ManagedResource | undefined;
  private beginning: Picture = {};

  constructor(
    private readonly fixture: Fixture,
    private readonly scenario: Scenario,
  ) {
    const provider = () => fixture.provider;
    this.tokens = scenario.subject.tokens.map(() => new ManagedResource("ApiToken", provider));
    this.resource = new ManagedResource(scenario.subject.type, provider);
    this.neighbour = scenario.subject.neighbour && new ManagedResource(scenario.subject.type, provider);
  }

  /** Everything that has to be there before. */
  async begin(): Promise<void> {
    const { subject, action, isFirstContact } = this.scenario;
    this.fixture.renew();
    for (const [at, token] of this.tokens.entries()) await token.up(subject.tokens[at]);
    if (isCreation(action) && !isFirstContact) await this.meet();
    if (isAdoption(action)) this.fixture.place(subject.adoption!.files);
    if (action === "create") await this.neighbour?.up(subject.neighbour!(this.secrets));
    if (action === "delete adopted") await this.resource.up(subject.adoption!.inputs(this.secrets));
    else if (!isCreation(action)) await this.resource.up(subject.inputs(this.secrets));
    if (action === "delete") await this.neighbour?.up(subject.neighbour!(this.secrets));
    if (isFirstContact) await this.fixture.startProvider();
    this.beginning = pictureOf(this.fixture.simulator);
  }

  /**
   * Makes the thing and removes it again. What the provider remembers of the servers is then the same each time, whatever
   * it did before: a repeated deletion, for example, has shown it a server without a register.
   */
  private async meet(): Promise<void> {
    const visitor = new ManagedResource(this.scenario.subject.type, () => this.fixture.provider);
    await visitor.up(this.scenario.subject.inputs(this.secrets));
    await visitor.up(undefined);
  }

  /** What a change of names has done to the thing itself, which it must not touch. */
  touched(): string[] {
    if (this.scenario.action !== "rename") return [];
    const changed = differences(this.beginning, pictureOf(this.fixture.simulator));
    return changed.filter((each) => !each.includes("/var/cpanel/.pulumi-whm/"));
  }

  /** What is done, over and over until it has succeeded. */
  async act(resource = this.resource): Promise<void> {
    if (this.scenario.action === "read") await resource.refresh();
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
    const { simulator } = this.fixture;
    const secret = resource.state?.properties["token"];
    const state = { token: typeof secret === "string" ? nameOf(simulator, secret) : "none" };
    return { ...pictureOf(simulator), state };
  }

  /** The deletion; what it has done to the neighbour, which is deleted after it. */
  async end(resource = this.resource): Promise<string[]> {
    await resource.up(undefined);
    const neighbour = this.neighbour?.copy();
    const hasLost = (await neighbour?.refresh()) ?? false;
    await neighbour?.up(undefined);
    return hasLost ? ["the deletion has changed what another stack has"] : [];
  }

  get secrets(): string[] {
    return this.tokens.map((token) => token.state!.properties["token"] as string);
  }

  private get wanted() {
    const { subject, action } = this.scenario;
    if (action === "delete" || action === "delete adopted") return undefined;
    if (action === "update") return subject.changed!(this.secrets);
    if (action === "replace") return subject.replaced!(this.secrets);
    if (action === "rename") return subject.renamed!(this.secrets);
    return (action === "adopt" ? subject.adoption! : subject).inputs(this.secrets);
  }
}

/** How a run without any fault goes: its steps, and what it leaves. */
export interface CleanRun {
  steps: Step[];
  /** Milliseconds from each step to the end. */
  rest: number[];
  /** How the servers look after each step, had it been the last. */
  left: Picture[];
  done: Picture;
  ended: Picture;
}

/** Runs a scenario without any fault. */
export async function runCleanly(fixture: Fixture, scenario: Scenario): Promise<CleanRun> {
  const scenarioRun = new ScenarioRun(fixture, scenario);
  await scenarioRun.begin();
  const entries: JournalEntry[] = [];
  const times: number[] = [];
  const left: Picture[] = [];
  const end = fixture.simulator.watch((entry) => {
    const at = entries.push(entry) - 1;
    times.push(performance.now());
    // A step is told of just before it is carried out.
    process.nextTick(() => (left[at] = pictureOf(fixture.simulator)));
  });
  await scenarioRun.act().finally(end);
  const now = performance.now();
  const done = scenarioRun.picture();
  const problems = await scenarioRun.end();
  if (problems.length > 0) throw new Error(`Without any fault: ${problems.join("; ")}`);
  const rest = times.map((time) => now - time);
  return { steps: stepsIn(entries), rest, left, done, ended: pictureOf(fixture.simulator) };
}

function isCreation(action: Action): boolean {
  return action === "create" || action === "adopt";
}

function isAdoption(action: Action): boolean {
  return action === "adopt" || action === "delete adopted";
}
