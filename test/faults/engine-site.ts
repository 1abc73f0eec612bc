import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator, type JournalEntry, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { everyFile, renew, webAndNameserver } from "../helpers/managed-servers";
import { PulumiProject } from "../helpers/pulumi";
import type { CommandResult } from "../helpers/run-command";

/** What a moment holds: the engine's state and the servers' files. */
export interface Moment {
  state: string;
  files: ReturnType<typeof everyFile>;
}

const program = clusterProgram();
const rotated = clusterProgram('{ tokens: { rotate: "2" } }');

/** The runs of the engine that are broken off, and from where each begins. */
export const runs = { up: "empty", "up with new tokens": "applied", destroy: "applied" } as const;

export type Run = keyof typeof runs;

/** A project with a cluster of a web server and a nameserver, driven by the real engine. */
export class EngineSite {
  readonly moments = {} as Record<"empty" | "applied", Moment>;

  private constructor(
    readonly simulator: Simulator,
    readonly project: PulumiProject,
  ) {}

  static async open(): Promise<EngineSite> {
    const simulator = await startSimulator({ servers: webAndNameserver });
    const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
    const site = new EngineSite(simulator, await PulumiProject.create({ program, secrets }));
    site.moments.empty = await site.keep();
    const { code, stdout } = await site.project.up("--skip-preview");
    if (code !== 0) throw new Error(stdout);
    site.moments.applied = await site.keep();
    return site;
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
    return run === "destroy" ? this.project.destroy("--skip-preview") : this.project.up("--skip-preview");
  }

  /** Runs the engine, and kills the provider processes when a step comes; whether it came, and how the run ended. */
  async executeUntil(
    run: Run,
    isStep: (entry: JournalEntry) => boolean,
  ): Promise<{ hasCome: boolean; code: number }> {
    let hasCome = false;
    const end = this.simulator.watch((entry) => {
      if (hasCome || !isStep(entry)) return;
      hasCome = true;
      for (const id of this.providerProcesses()) process.kill(id, "SIGKILL");
    });
    const { code } = await this.execute(run).finally(end);
    return { hasCome, code };
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.moments).map(({ state }) => rm(state, { recursive: true })));
    await this.project.remove();
    await this.simulator.stop();
  }

  private get stateFolder(): string {
    return join(this.project.folder, ".pulumi");
  }

  private async keep(): Promise<Moment> {
    const state = await mkdtemp(join(tmpdir(), "pulumi-whm-state-"));
    await cp(this.stateFolder, state, { recursive: true });
    return { state, files: everyFile(this.simulator) };
  }

  /** They are known by this project's own Pulumi home in their environment. */
  private providerProcesses(): number[] {
    const home = this.project.environment["PULUMI_HOME"]!;
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && contains(name, "cmdline", "dynamic-provider"))
      .filter((name) => contains(name, "environ", `PULUMI_HOME=${home}\0`))
      .map(Number);
  }
}

function contains(id: string, file: "cmdline" | "environ", text: string): boolean {
  try {
    return readFileSync(`/proc/${id}/${file}`, "utf8").includes(text);
  } catch {
    return false; // It has ended, or belongs to somebody else.
  }
}
