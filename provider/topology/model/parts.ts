import type { Topology, TopologyInput } from "../../schema/topology";
import { readTopology, writtenTopology, type DeclaredTopology } from "./read-topology";

/**
 * Returns the cluster in a topology: the servers that end a link or trust. Other declared servers are not judged with
 * them, except by the rule `unlinked-server`. Only a topology without any link or trust is judged with all its servers.
 */
export function clusterPart(topology: DeclaredTopology): DeclaredTopology {
  const linked = linkedServers(topology);
  return linked.length === 0 ? topology : withServers(topology, linked);
}

/** Lists the names of declared servers that end no link and no trust, sorted. */
export function unlinkedServers(topology: DeclaredTopology): string[] {
  const linked = new Set(linkedServers(topology));
  return [...topology.servers.keys()].filter((name) => !linked.has(name));
}

/** Removes unused servers: a provider may know many more than a program uses. */
export function usedPart(topology: DeclaredTopology): DeclaredTopology {
  return withServers(topology, usedNames(topology));
}

/**
 * Does the same for a topology as written, with everything in a fixed order. Without any link or trust all servers are
 * the cluster and stay.
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
