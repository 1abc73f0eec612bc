import type { ClusterToken, Link, Topology, TopologyInput, Trust } from "../../schema/topology";
import { buildGraph, type ClusterGraph } from "./graph";
import { trustsForLinks } from "./needed-trusts";
import { readTopology, type DeclaredTopology } from "./read-topology";
import { addressesOf, visibleAddress, type ClusterServer } from "./server";
import { writtenVia } from "./via";
import { inReadingOrder } from "../report/words";

/** Returns exactly the trusts that the guide requires, as checked by `reverse-trust`. */
export function neededTrusts(topology: TopologyInput): Trust[] {
  return trustsForLinks(readTopology(topology));
}

/** Returns exactly the addresses that the guide requires in each web server's list, as checked by `trusted-ip`. */
export function neededTrustedAddresses(topology: TopologyInput): Record<string, string[]> {
  return addressesForPaths(buildGraph(readTopology(topology)));
}

/** Returns one token for each entry that a server stores, pinned to that server, as checked by `missing-token`. */
export function neededTokens(topology: TopologyInput): ClusterToken[] {
  const declared = readTopology(topology);
  return tokensForEntries(declared, declared.trusts ?? trustsForLinks(declared));
}

/** Returns the topology with trusts, trusted addresses and tokens filled in. What is given is kept. */
export function completeTopology(topology: TopologyInput): Topology {
  const declared = readTopology(topology);
  const { servers } = declared;
  const derived = trustsForLinks(declared).map(({ server, peer }) => ({
    server,
    peer,
    ...writtenVia({ holder: peer, about: server }, servers, topology.via),
  }));
  const trusts = declared.trusts ?? derived;
  return {
    servers: topology.servers,
    links: [...declared.links],
    trusts: [...trusts],
    trustedAddresses: topology.trustedAddresses ?? addressesForPaths(buildGraph(declared)),
    apiTokens: topology.apiTokens ?? tokensForEntries(declared, trusts),
    ...(topology.rules && { rules: topology.rules }),
  };
}

/** Returns one token for each pair of known servers of which one stores an entry for the other. */
export function tokensForEntries(
  { servers, links }: Pick<DeclaredTopology, "servers" | "links">,
  trusts: readonly Trust[],
): ClusterToken[] {
  const opened = [...links, ...trusts.map(entryOfTrust)].filter(
    ({ from, to }) => from !== to && servers.has(from) && servers.has(to),
  );
  const unique = new Map(opened.map((entry) => [`${entry.to}\0${entry.from}`, entry]));
  return [...unique.values()].map(({ from, to }) => {
    const whitelistIps = addressesOf(servers.get(from) as ClusterServer);
    const pinned = whitelistIps.length > 0 ? { whitelistIps } : {};
    return { server: to, users: [from], acls: ["clustering"], ...pinned };
  });
}

function entryOfTrust({ server, peer }: Trust): Pick<Link, "from" | "to"> {
  return { from: peer, to: server };
}

function addressesForPaths(graph: ClusterGraph): Record<string, string[]> {
  const lists = graph.webServers.map(({ name }) => [name, nameserverAddresses(graph, name)] as const);
  return Object.fromEntries(lists.filter(([, addresses]) => addresses.length > 0));
}

function nameserverAddresses(graph: ClusterGraph, webServer: string): string[] {
  const fed = graph.walkFrom(webServer).reached.map((name) => graph.servers.get(name) as ClusterServer);
  const addresses = fed.filter(({ nameserver }) => nameserver).map(visibleAddress);
  return inReadingOrder([...new Set(addresses.filter((address) => address !== undefined))]);
}
