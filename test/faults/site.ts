import { setTimeout as pause } from "node:timers/promises";
import type { ServersInput } from "../../provider/schema/servers";
import { startSimulator, type JournalEntry, type Simulator } from "../../provider/simulator";
import { everyFile, renew } from "../helpers/managed-servers";
import { ProviderProcess } from "../helpers/provider-process";
import { FaultProxy, hasFaultProxy } from "./fault-proxy";
import type { Subject } from "./subject";
import type { Blow } from "./try-step";

type Files = ReturnType<typeof everyFile>;

/** Simulated servers, the lines to them and a provider, for one cell after the other. */
export class Site {
  private constructor(
    readonly simulator: Simulator,
    /** Undefined where there is no Toxiproxy: then processes can be killed, but no line be broken. */
    readonly lines: FaultProxy | undefined,
    private readonly configuration: Record<string, string>,
    private process: ProviderProcess,
    private readonly fresh: Files,
  ) {}

  static async open({ servers, door }: Subject): Promise<Site> {
    const simulator = await startSimulator({ servers });
    const lines = hasFaultProxy ? await FaultProxy.start() : undefined;
    const reached = lines ? await lines.between(simulator) : simulator.servers;
    const settings = door === "https" ? reached : withoutApi(reached);
    const configuration = { "whm:servers": JSON.stringify(settings) };
    const process = await ProviderProcess.start(configuration);
    return new Site(simulator, lines, configuration, process, everyFile(simulator));
  }

  get provider(): ProviderProcess {
    return this.process;
  }

  async startProvider(): Promise<void> {
    await this.process.stop();
    this.process = await ProviderProcess.start(this.configuration);
  }

  /** Servers as they were at the beginning. */
  renew(): void {
    renew(this.simulator, this.fresh);
  }

  /** Breaks the lines, or ends the provider, at once; resolves when the fault is over or lasts until it is mended. */
  async strike(blow: Blow): Promise<void> {
    if (blow === "SIGKILL") return this.process.kill();
    this.lines!.breakNow(blow.toxics);
    if (blow.lasts === undefined) return;
    await pause(blow.lasts);
    await this.lines!.mend();
  }

  remember(): Files {
    return everyFile(this.simulator);
  }

  recall(files: Files): void {
    renew(this.simulator, files);
  }

  /** The steps of some work. */
  async stepsOf(work: () => Promise<void>): Promise<JournalEntry[]> {
    const steps: JournalEntry[] = [];
    const end = this.simulator.watch((entry) => steps.push(entry));
    await work().finally(end);
    return steps;
  }

  async close(): Promise<void> {
    await this.process.stop();
    await this.lines?.stop();
    await this.simulator.stop();
  }
}

function withoutApi(servers: ServersInput): ServersInput {
  const bare = Object.entries(servers).map(([name, { api: _api, ...server }]) => [name, server] as const);
  return Object.fromEntries(bare);
}
