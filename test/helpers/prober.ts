import { isIPv4 } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Secret, ServerRegistry, version, withPeerApi, type PeerTls } from "../../provider/servers";
import type { Simulator } from "../../provider/simulator";
import { memberFile } from "./server-files";

/** What came of the calls of a prober. */
export interface Probed {
  readonly calls: number;
  /** One sentence for each call that was refused. */
  readonly failed: readonly string[];
}

/** An entry as it stands in a member file at this moment. */
interface Entry {
  readonly holder: string;
  readonly address: string;
  readonly secret: string;
}

const directory = "/var/cpanel/cluster/root/config";

/**
 * Does what WHM does for every zone: each server calls each of its members, all the time, with the token that its file
 * holds at that moment.
 */
export class Prober {
  private readonly registry: ServerRegistry;
  private readonly failed: string[] = [];
  private readonly running: Promise<void>;
  private calls = 0;
  private isOver = false;

  private constructor(private readonly simulator: Simulator) {
    this.registry = new ServerRegistry(simulator.servers);
    this.running = this.run();
  }

  static start(simulator: Simulator): Prober {
    return new Prober(simulator);
  }

  /** Ends after one more round. */
  async stop(): Promise<Probed> {
    this.isOver = true;
    await this.running;
    await this.round();
    await this.registry.close();
    return { calls: this.calls, failed: this.failed };
  }

  private async run(): Promise<void> {
    while (!this.isOver) {
      await this.round();
      await pause(1);
    }
  }

  private async round(): Promise<void> {
    await Promise.all(this.registry.names().map((name) => this.callMembersOf(name)));
  }

  /** One after the other, each with what its file holds when its turn comes. */
  private async callMembersOf(holder: string): Promise<void> {
    for (const address of this.membersOf(holder)) {
      const secret = this.secretIn(holder, address);
      if (secret !== undefined) await this.call({ holder, address, secret });
    }
  }

  private membersOf(holder: string): string[] {
    const names = this.simulator.files(holder).list(directory);
    return names.map((path) => path.slice(path.lastIndexOf("/") + 1)).filter((name) => isIPv4(name));
  }

  private secretIn(holder: string, address: string): string | undefined {
    return /^pass=(.*)$/m.exec(this.simulator.files(holder).read(memberFile(address)) ?? "")?.[1];
  }

  private async call({ holder, address, secret }: Entry): Promise<void> {
    const name = this.registry.nameAt(address)!;
    const tls = this.simulator.servers[name]!.api as PeerTls;
    const access = { from: this.registry.get(holder), peer: { name, address, tls }, user: "root" };
    this.calls += 1;
    await withPeerApi({ ...access, token: new Secret(secret) }, version).catch((error: Error) => {
      this.failed.push(`call ${this.calls}, from ${holder} to ${name}: ${error.message}`);
    });
  }
}

/** Lets servers call each other during some work, whether or not it succeeds. */
export async function probedDuring(simulator: Simulator, work: () => Promise<unknown>): Promise<Probed> {
  const prober = Prober.start(simulator);
  const [result] = await Promise.allSettled([work()]);
  const probed = await prober.stop();
  if (result.status === "rejected") throw result.reason as Error;
  return probed;
}
