import type { DnsClusterArgs } from "../../provider";
import type { TopologyInput } from "../../provider/schema/topology";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { ProviderProcess } from "../helpers/provider-process";
import { SmallEngine } from "../helpers/small-engine";
import { storedTokens } from "../helpers/stored-tokens";
import { link } from "../topology/builders";

/** Two web servers, a nameserver, and one that is no DNSOnly server, which stores entries for both web servers. */
export const topology: TopologyInput = {
  servers: {
    web1: { type: "cpanel", address: "192.0.2.10", hostname: "web1.example.com" },
    web2: { type: "cpanel", address: "192.0.2.11", hostname: "web2.example.com" },
    ns1: { type: "dnsonly", address: "192.0.2.12", hostname: "ns1.example.com" },
    ns2: { type: "cpanel", nameserver: true, address: "192.0.2.13", hostname: "ns2.example.com" },
  },
  links: [link("web1 -> ns1"), link("web1 -> ns2"), link("web2 -> ns1"), link("web2 -> ns2")],
};

/** Tokens that the cluster has: one for each link and each trust. */
export const everyToken = [
  ...["ns1-for-web1", "ns1-for-web2", "ns2-for-web1", "ns2-for-web2", "web1-for-ns2", "web2-for-ns2"],
];

export type Tokens = NonNullable<DnsClusterArgs["tokens"]>;

/** A cluster that stands on simulated servers, and the processes that have managed it. */
export class RotatedCluster {
  private readonly processes: ProviderProcess[] = [];

  private constructor(
    readonly simulator: Simulator,
    public engine: SmallEngine,
  ) {}

  static async start(tokens: Tokens = {}, clock?: () => number): Promise<RotatedCluster> {
    const simulator = await startSimulator({ servers: topology.servers, ...(clock && { clock }) });
    const provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(simulator.servers) });
    const engine = await SmallEngine.declaring(provider, topology, simulator.servers, { tokens });
    const cluster = new RotatedCluster(simulator, engine);
    cluster.processes.push(provider);
    await engine.up();
    return cluster;
  }

  /** The next run, with other settings, in a provider process of its own, as the engine has one. */
  async nextRun(tokens: Tokens): Promise<ProviderProcess> {
    const { simulator } = this;
    const provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(simulator.servers) });
    this.processes.push(provider);
    this.engine = await this.engine.changedTo(provider, topology, simulator.servers, { tokens });
    return provider;
  }

  /** Names of all tokens, without what makes them unique, by server. */
  tokens(): string[] {
    return Object.keys(this.simulator.servers).flatMap((server) =>
      storedTokens(this.simulator, server).map(({ name }) => name),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    await this.simulator.stop();
  }
}

/** Of which resource each token is, in order: two of one resource are one too many. */
export function owners(tokens: readonly string[]): string[] {
  return tokens.map((name) => name.replace(/^dns-/, "").replace(/-[0-9a-f]+$/, "")).sort();
}
