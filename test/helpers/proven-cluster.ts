import type { TopologyInput } from "../../provider/schema/topology";
import type { ManagedServers } from "./managed-servers";
import type { CreatedResource } from "./provider-process";
import { memberFile } from "./server-files";

type Values = CreatedResource["properties"];
type Servers = TopologyInput["servers"];

/** Servers, simulated or in a testbed, and the provider process that manages them. */
interface ProvenServers {
  readonly provider: ManagedServers["provider"];
  readonly simulator: Pick<ManagedServers["simulator"], "servers">;
}

/** web1 linked to ns1 and to ns2, which is no DNSOnly server and so has to trust web1. */
export function topologyOf({ simulator }: Pick<ProvenServers, "simulator">): TopologyInput {
  const plain = ([name, server]: [string, Servers[string]]): [string, Servers[string]] => {
    const { type, address, hostname, nameserver } = server;
    return [name, { type, address, hostname, ...(nameserver && { nameserver }) }];
  };
  return {
    servers: Object.fromEntries(Object.entries(simulator.servers as Servers).map(plain)),
    links: [
      { from: "web1", to: "ns1", role: "sync" },
      { from: "web1", to: "ns2", role: "sync" },
    ],
    trusts: [{ server: "web1", peer: "ns2" }],
  };
}

/** Inputs of the proof of the cluster prod. */
export function proofInputs(topology: TopologyInput): Values {
  return {
    logicalName: "organization/project/stack/prod",
    __topology: topology as object as Values,
    writes: "one",
  };
}

/** Makes the tokens, links and the trust of that cluster, and gives the inputs of its proof. */
export async function provenCluster(
  managed: ProvenServers,
  toNs1: { role: string } = { role: "sync" },
): Promise<Values> {
  const { provider, simulator } = managed;
  const addressOf = (name: string): string => simulator.servers[name]!.address!;
  const named = (name: string): { logicalName: string } => ({
    logicalName: `organization/project/stack/prod-${name}`,
  });
  const token = async (server: string, user: string): Promise<string> => {
    const name = `${server}-for-${user}`;
    const made = await provider.create("ApiToken", {
      ...named(name),
      server,
      users: [user],
      whitelistIps: [addressOf(user)],
    });
    return made.properties["token"] as string;
  };
  await provider.create("ReverseTrust", {
    ...named("ns2-trusts-web1"),
    server: "web1",
    peer: "ns2",
    token: await token("web1", "ns2"),
    serverAddress: addressOf("web1"),
    serverHostname: simulator.servers["web1"]!.hostname!,
  });
  for (const [peer, role] of [
    ["ns1", toNs1.role],
    ["ns2", "sync"],
  ] as const)
    await provider.create("DnsClusterMember", {
      ...named(`web1-${peer}`),
      server: "web1",
      peer,
      role,
      token: await token(peer, "web1"),
      peerAddress: addressOf(peer),
      peerHostname: simulator.servers[peer]!.hostname!,
    });
  return proofInputs(topologyOf(managed));
}

/** web1's files, and the text of its entry for ns1. */
export function ownEntry({ simulator }: ManagedServers) {
  const files = simulator.files("web1");
  return { files, own: files.read(memberFile("192.0.2.11")) ?? "" };
}
