import { UndirectedGraph } from "graphology";
import { connectedComponents } from "graphology-components";
import type { Topology, TopologyInput } from "../schema/topology";
import { readTopology, type DeclaredTopology } from "./read-topology";
import { compareNames } from "./words";

/**
 * Splits what was declared link by link into clusters: the weakly connected parts of the graph of links and trusts.
 * Servers that end neither a link nor a trust are in none of them. What is absent stays absent in each part.
 */
export function splitIntoClusters(topology: TopologyInput): Topology[] {
  const declared = readTopology(topology);
  const groups = connectedComponents(connections(declared)).map((names) => names.sort());
  groups.sort(compareNames);
  const groupOf = new Map(groups.flatMap((names, index) => names.map((name) => [name, index] as const)));
  const clusters = groups.map((names) => emptyCluster(topology, names));
  const clusterOf: ClusterOf = (name: string) => clusters[groupOf.get(name) ?? -1];
  dealEntries(declared, clusterOf);
  dealHoldings(topology, declared, clusterOf);
  return clusters;
}

function connections({ servers, links, trusts = [] }: DeclaredTopology): UndirectedGraph {
  const graph = new UndirectedGraph();
  const ends = [
    ...links.map(({ from, to }) => [from, to]),
    ...trusts.map(({ server, peer }) => [peer, server]),
  ];
  for (const pair of ends) {
    const known = pair.filter((name) => servers.has(name));
    for (const name of known) graph.mergeNode(name);
    if (known.length === 2) graph.mergeEdge(known[0], known[1]);
  }
  return graph;
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

/** Hands each link and trust to the cluster of its ends; one pass, however many clusters there are. */
function dealEntries({ links, trusts = [] }: DeclaredTopology, clusterOf: ClusterOf): void {
  for (const link of links) (clusterOf(link.from) ?? clusterOf(link.to))?.links.push(link);
  for (const trust of trusts) (clusterOf(trust.peer) ?? clusterOf(trust.server))?.trusts?.push(trust);
}

/** Hands each token and list of trusted addresses to the cluster of the server that holds it. */
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
