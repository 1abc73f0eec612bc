import { setTimeout as pause } from "node:timers/promises";
import type { ServersInput } from "../../provider/schema/server";
import { startSimulator, type JournalEntry, type Simulator } from "../../provider/simulator";
import { ProviderProcess } from "../helpers/provider-process";
import { death, type Fault, type LineFault } from "./fault-list";
import { FaultProxy, hasFaultProxy } from "./fault-proxy";
import { hurryFlags } from "./hurry";
import { keepFiles, putBack, type KeptFiles } from "./kept-files";
import type { PlacedFiles, Subject } from "./subject";

/** Milliseconds within which the provider has learnt that a connection is dead: the next run has a deadline of its own. */
const timeToNotice = 60;

/** Milliseconds; no run is as long. */
const longestRun = 120_000;

/** Simulated servers, the lines to them and a provider, for one cell after the other. */
export class Fixture {
  private constructor(
    readonly simulator: Simulator,
    /** Undefined where there is no Toxiproxy: then processes can be killed, but no line be broken. */
    readonly lines: FaultProxy | undefined,
    private readonly configuration: Record<string, string>,
    private process: ProviderProcess,
    private readonly fresh: KeptFiles,
  ) {}

  static async open({ servers, door, modes = [] }: Subject): Promise<Fixture> {
    const simulator = await startSimulator({ servers });
    for (const [server, path, mode] of modes)
      simulator.files(server).write(path, simulator.files(server).read(path) ?? "", mode);
    const lines = hasFaultProxy ? await FaultProxy.start() : undefined;
    const reached = lines ? await lines.between(simulator) : simulator.servers;
    const settings = door === "https" ? reached : withoutApi(reached);
    const configuration = { "whm:servers": JSON.stringify(settings) };
    const process = await ProviderProcess.start(configuration, hurryFlags);
    return new Fixture(simulator, lines, configuration, process, keepFiles(simulator));
  }

  get provider(): ProviderProcess {
    return this.process;
  }

  async startProvider(): Promise<void> {
    await this.process.stop();
    this.process = await ProviderProcess.start(this.configuration, hurryFlags);
  }

  /** Servers as they were at the beginning. */
  renew(): void {
    putBack(this.simulator, this.fresh);
  }

  /** Puts files on the servers that somebody else has made. */
  place(files: PlacedFiles): void {
    for (const [server, texts] of Object.entries(files))
      for (const [path, text] of Object.entries(texts)) this.simulator.files(server).write(path, text, 0o600);
  }

  /** Breaks the lines, or ends the provider, at once; resolves when the fault is over. */
  async inject(fault: Fault, runEnds: AbortSignal): Promise<void> {
    if (fault === "SIGKILL") return this.process.kill();
    this.lines!.breakNow(fault.toxics);
    if (fault.closes) this.closeConnections();
    await pauseUntil(fault.lasts ?? longestRun, runEnds);
    await this.mend(fault);
  }

  remember(): KeptFiles {
    return keepFiles(this.simulator);
  }

  recall(files: KeptFiles): void {
    putBack(this.simulator, files);
  }

  /** What comes in during some work. */
  async entriesOf(work: () => Promise<void>): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    const end = this.simulator.watch((entry) => entries.push(entry));
    await work().finally(end);
    return entries;
  }

  async close(): Promise<void> {
    await this.process.stop();
    await this.lines?.stop();
    await this.simulator.stop();
  }

  private async mend({ isHarmless, isSilent }: LineFault): Promise<void> {
    // What was swallowed is lost: such a connection cannot come back to life.
    if (isSilent) this.lines!.breakNow(death);
    if (isSilent) await pause(timeToNotice);
    await this.lines!.mend();
    if (!isHarmless) await pause(timeToNotice);
  }

  private closeConnections(): void {
    for (const server of Object.keys(this.simulator.servers)) this.simulator.fault(server, "refuse");
    this.simulator.clearFaults();
  }
}

/** Waits, but not longer than until something is over. */
async function pauseUntil(milliseconds: number, over: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal: over }).catch(() => undefined);
}

function withoutApi(servers: ServersInput): ServersInput {
  const bare = Object.entries(servers).map(([name, { api: _api, ...server }]) => [name, server] as const);
  return Object.fromEntries(bare);
}
