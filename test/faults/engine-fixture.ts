import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator, type JournalEntry, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { killProcessesOf } from "../helpers/kill-processes";
import { everyFile, renew, webAndNameserver } from "../helpers/managed-servers";
import { PulumiProject } from "../helpers/pulumi";
import type { CommandResult } from "../helpers/run-command";
import type { Fault } from "./fault-list";
import { FaultProxy, hasFaultProxy } from "./fault-proxy";

/** What a moment holds: the engine's state and the servers' files. */
export interface Moment {
  state: string;
  files: ReturnType<typeof everyFile>;
}

const program = clusterProgram();
const rotated = clusterProgram('{ tokens: { rotate: "2" } }');

/** The runs of the engine that are broken off, and from where each begins. */
export const runs = {
  up: "empty",
  "up with new tokens": "applied",
  destroy: "applied",
  refresh: "applied",
} as const;

export type Run = keyof typeof runs;

/** A project with a cluster of a web server and a nameserver, driven by the real engine. */
export class EngineFixture {
  readonly moments = {} as Record<"empty" | "applied", Moment>;

  private constructor(
    readonly simulator: Simulator,
    /** Undefined where there is no Toxiproxy: then processes can be killed, but no line be broken. */
    private readonly lines: FaultProxy | undefined,
    readonly project: PulumiProject,
  ) {}

  static async open(): Promise<EngineFixture> {
    const simulator = await startSimulator({ servers: webAndNameserver });
    const lines = hasFaultProxy ? await FaultProxy.start() : undefined;
    const reached = lines ? await lines.between(simulator) : simulator.servers;
    const secrets = { "whm:servers": JSON.stringify(reached) };
    const fixture = new EngineFixture(simulator, lines, await PulumiProject.create({ program, secrets }));
    fixture.moments.empty = await fixture.keep();
    const { code, stdout } = await fixture.project.up("--skip-preview");
    if (code !== 0) throw new Error(stdout);
    fixture.moments.applied = await fixture.keep();
    return fixture;
  }

  /** Goes back to where a run begins. */
  async goBackTo(run: Run): Promise<void> {
    const { state, files } = this.moments[runs[run]];
    await rm(this.stateFolder, { recursive: true });
    await cp(state, this.stateFolder, { recursive: true });
    renew(this.simulator, files);
    await this.project.write({ "index.js": run === "up with new tokens" ? rotated : program });
  }

  execute(run: Run): Promise<CommandResult> {
    const { project } = this;
    if (run === "destroy") return project.destroy("--skip-preview");
    return run === "refresh" ? project.refresh("--skip-preview") : project.up("--skip-preview");
  }

  /** Runs the engine, with a fault when a step comes; whether it came, and how the run ended. */
  async executeUntil(
    run: Run,
    isStep: (entry: JournalEntry) => boolean,
    fault: Fault,
  ): Promise<{ hasCome: boolean; result: CommandResult }> {
    let over: Promise<void> | undefined;
    const end = this.simulator.watch((entry) => {
      if (!over && isStep(entry)) over = this.inject(fault);
    });
    const result = await this.execute(run).finally(end);
    await over;
    await this.lines?.mend();
    return { hasCome: over !== undefined, result };
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.moments).map(({ state }) => rm(state, { recursive: true })));
    await this.project.remove();
    await this.lines?.stop();
    await this.simulator.stop();
  }

  private async inject(fault: Fault): Promise<void> {
    if (fault !== "SIGKILL") return this.lines!.inject(fault);
    killProcessesOf(this.project, "dynamic-provider");
  }

  private get stateFolder(): string {
    return join(this.project.folder, ".pulumi");
  }

  private async keep(): Promise<Moment> {
    const state = await mkdtemp(join(tmpdir(), "pulumi-whm-state-"));
    await cp(this.stateFolder, state, { recursive: true });
    return { state, files: everyFile(this.simulator) };
  }
}
