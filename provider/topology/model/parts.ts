import type { Topology, TopologyInput } from "../../schema/topology";
import { readTopology, writtenTopology, type DeclaredTopology } from "./read-topology";

/**
 * The cluster in a topology: servers that end a link or trust. One that is declared and not linked yet, or not any more,
 * is not judged with them, but for the rule `unlinked-server`; only a topology without any link or trust is judged by all its
 * servers.
 */
export function clusterPart(topology: DeclaredTopology): DeclaredTopology {
  const linked = linkedServers(topology);
  return linked.length === 0 ? topology : withServers(topology, linked);
}

/** Names of the servers that are declared and end no link and no trust, in order. */
export function unlinkedServers(topology: DeclaredTopology): string[] {
  const linked = new Set(linkedServers(topology));
  return [...topology.servers.keys()].filter((name) => !linked.has(name));
}

/** Without the servers that nothing at all uses: a provider may know many more than a program speaks of. */
export function usedPart(topology: DeclaredTopology): DeclaredTopology {
  return withServers(topology, usedNames(topology));
}

/**
 * The same for a topology as it was written, everything in a fixed order. Without any link or trust all servers stand for
 * the cluster, and stay.
 */
export function withoutUnusedServers(topology: TopologyInput): Topology {
  const declared = readTopology(topology);
  return writtenTopology(linkedServers(declared).length === 0 ? declared : usedPart(declared));
}

function usedNames(topology: DeclaredTopology): string[] {
  const { trustedAddresses, tokens = [] } = topology;
  return [
    ...linkedServers(topology),
    ...(trustedAddresses?.keys() ?? []),
    ...tokens.flatMap(({ server, users = [] }) => [server, ...users]),
  ];
}

function linkedServers({ links, trusts = [] }: DeclaredTopology): string[] {
  return [
    ...links.flatMap(({ from, to }) => [from, to]),
    ...trusts.flatMap(({ server, peer }) => [server, peer]),
  ];
}

function withServers(topology: DeclaredTopology, names: Iterable<string>): DeclaredTopology {
  const kept = new Set(names);
  return { ...topology, servers: new Map([...topology.servers].filter(([name]) => kept.has(name))) };
}
