import type { JournalEntry } from "../../provider/simulator";
import { ManagedResource } from "./managed-resource";
import { nameOf, pictureOf, type Picture } from "../helpers/picture";
import type { Site } from "./site";
import { stepsIn, type Step } from "./step";
import type { Action, Subject } from "./subject";

/** What is tried: an action, with a provider that knows the servers already or with one that meets them for the first time. */
export interface Plot {
  subject: Subject;
  action: Action;
  isFirstContact: boolean;
}

/** A story: what is there first, what is then done, and what must be there in the end. */
export class Story {
  private readonly tokens: ManagedResource[];
  private readonly resource: ManagedResource;

  constructor(
    private readonly site: Site,
    private readonly plot: Plot,
  ) {
    const provider = () => site.provider;
    this.tokens = plot.subject.tokens.map(() => new ManagedResource("ApiToken", provider));
    this.resource = new ManagedResource(plot.subject.type, provider);
  }

  /** Everything that has to be there before. */
  async begin(): Promise<void> {
    const { subject, action, isFirstContact } = this.plot;
    this.site.renew();
    for (const [at, token] of this.tokens.entries()) await token.up(subject.tokens[at]);
    if (isAdoption(action)) this.site.place(subject.adoption!.files);
    if (action === "delete adopted") await this.resource.up(subject.adoption!.inputs(this.secrets));
    else if (!isCreation(action)) await this.resource.up(subject.inputs(this.secrets));
    if (isFirstContact) await this.site.startProvider();
  }

  /** What is done, over and over until it has succeeded. */
  async act(resource = this.resource): Promise<void> {
    if (this.plot.action === "read") await resource.refresh();
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
    const { subject, action } = this.plot;
    if (action === "delete" || action === "delete adopted") return undefined;
    if (action === "update") return subject.changed!(this.secrets);
    if (action === "replace") return subject.replaced!(this.secrets);
    return (action === "adopt" ? subject.adoption! : subject).inputs(this.secrets);
  }
}

/** How a run without any fault goes: its steps, and what it leaves. */
export interface CleanRun {
  steps: Step[];
  /** Milliseconds from each step to the end. */
  rest: number[];
  done: Picture;
  ended: Picture;
}

/** Runs a story without any fault. */
export async function runCleanly(site: Site, plot: Plot): Promise<CleanRun> {
  const story = new Story(site, plot);
  await story.begin();
  const entries: JournalEntry[] = [];
  const times: number[] = [];
  const end = site.simulator.watch((entry) => {
    entries.push(entry);
    times.push(performance.now());
  });
  await story.act().finally(end);
  const now = performance.now();
  const done = story.picture();
  await story.end();
  const rest = times.map((time) => now - time);
  return { steps: stepsIn(entries), rest, done, ended: pictureOf(site.simulator) };
}

function isCreation(action: Action): boolean {
  return action === "create" || action === "adopt";
}

function isAdoption(action: Action): boolean {
  return action === "adopt" || action === "delete adopted";
}
