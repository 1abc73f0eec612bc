import type { Topology, TopologyInput } from "../../schema/topology";
import { connectedGroups, type Edge } from "./connected";
import { readTopology, type DeclaredTopology } from "./read-topology";

/**
 * Splits links declared one by one into clusters: the weakly connected parts of the graph of links and trusts. Servers
 * that end neither a link nor a trust are in none of them. Lists that are absent stay absent in each part.
 */
export function splitIntoClusters(topology: TopologyInput): Topology[] {
  const declared = readTopology(topology);
  const ends = knownEnds(declared);
  const pairs = ends.flatMap(([from, to]): Edge[] =>
    from !== undefined && to !== undefined ? [[from, to]] : [],
  );
  const groups = connectedGroups(ends.flat(), pairs);
  const groupOf = new Map(groups.flatMap((names, index) => names.map((name) => [name, index] as const)));
  const clusters = groups.map((names) => emptyCluster(topology, names));
  const clusterOf: ClusterOf = (name: string) => clusters[groupOf.get(name) ?? -1];
  dealEntries(declared, clusterOf);
  dealHoldings(topology, declared, clusterOf);
  return clusters;
}

/** Lists the declared ends of each link and trust. */
function knownEnds({ servers, links, trusts = [] }: DeclaredTopology): string[][] {
  const ends = [
    ...links.map(({ from, to }) => [from, to]),
    ...trusts.map(({ server, peer }) => [peer, server]),
  ];
  return ends.map((pair) => pair.filter((name) => servers.has(name)));
}

function emptyCluster(
  { servers, trusts, trustedAddresses, apiTokens, rules }: TopologyInput,
  names: string[],
): Topology {
  const members = names.flatMap((name) => {
    const server = servers[name];
    return server ? [[name, server] as const] : [];
  });
  return {
    servers: Object.fromEntries(members),
    links: [],
    ...(trusts && { trusts: [] }),
    ...(trustedAddresses && { trustedAddresses: {} }),
    ...(apiTokens && { apiTokens: [] }),
    ...(rules && { rules }),
  };
}

type ClusterOf = (name: string) => Topology | undefined;

/** Assigns each link and trust to the cluster of its ends, in one pass. */
function dealEntries({ links, trusts = [] }: DeclaredTopology, clusterOf: ClusterOf): void {
  for (const link of links) (clusterOf(link.from) ?? clusterOf(link.to))?.links.push(link);
  for (const trust of trusts) (clusterOf(trust.peer) ?? clusterOf(trust.server))?.trusts?.push(trust);
}

/** Assigns each token and list of trusted addresses to the cluster of the server that holds it. */
function dealHoldings(
  topology: TopologyInput,
  { tokens = [] }: DeclaredTopology,
  clusterOf: ClusterOf,
): void {
  for (const token of tokens) clusterOf(token.server)?.apiTokens?.push(token);
  for (const [name, addresses] of Object.entries(topology.trustedAddresses ?? {})) {
    const lists = clusterOf(name)?.trustedAddresses;
    if (lists) lists[name] = addresses;
  }
}
