import type { Role } from "../../schema/role";
import type { ClusterToken, Link, Trust } from "../../schema/topology";
import { neighboursAlong, reversed, type Edge } from "./connected";
import { trustsForLinks } from "./needed-trusts";
import { buildNetwork, walkNetwork, type Network, type NetworkWalk } from "./network";
import type { DeclaredTopology } from "./read-topology";
import { memoize } from "./memoize";
import type { ClusterServer } from "./server";

/** A link that moves zones, with its two ends looked up. */
export interface FeedingLink {
  readonly from: ClusterServer;
  readonly to: ClusterServer;
  readonly role: Exclude<Role, "standalone">;
}

/**
 * What the rules examine. Links with an unknown end or two equal ends are in `links` only: rules of their own report
 * them, and the others can ignore them.
 */
export interface ClusterGraph {
  readonly servers: ReadonlyMap<string, ClusterServer>;
  readonly webServers: readonly ClusterServer[];
  readonly nameservers: readonly ClusterServer[];
  /** Names of the servers that are declared with the cluster and end no link and no trust. */
  readonly unlinked: readonly string[];
  /** Every link as declared, in a fixed order. */
  readonly links: readonly Link[];
  /** Declared trusts, or the derived ones when none are declared. */
  readonly trusts: readonly Trust[];
  /** Absent if they are derived and therefore exactly right. */
  readonly trustedAddresses?: ReadonlyMap<string, readonly string[]>;
  /** Absent if they are derived and therefore exactly right. */
  readonly tokens?: readonly ClusterToken[];
  readonly feedingLinks: readonly FeedingLink[];
  /** Names of the servers that a server feeds directly, in a fixed order. */
  readonly fedFrom: (name: string) => readonly string[];
  /** Names of the servers that feed a server directly, in a fixed order. */
  readonly feedersOf: (name: string) => readonly string[];
  /** Names of the nameservers that pass zones on to nameservers, whether declared as intermediaries or not. */
  readonly intermediaries: readonly string[];
  /** What `holder` stores about `about`: the role of the link `holder -> about`, or `standalone` for a trust. */
  readonly entry: (holder: string, about: string) => Role | undefined;
  /** The same feeding links by number, for walks from every server. */
  readonly network: Network;
  /** Walks along everything that a server's zones flow to. */
  readonly walkFrom: (name: string) => NetworkWalk;
}

/**
 * Indexes a topology for the rules, in time linear in servers and links.
 *
 * @param unlinked names of servers that were declared with it and end nothing
 */
export function buildGraph(topology: DeclaredTopology, unlinked: readonly string[] = []): ClusterGraph {
  const servers = [...topology.servers.values()];
  const feedingLinks = findFeedingLinks(topology);
  const edges = feedingLinks.map(({ from, to }): Edge => [from.name, to.name]);
  const fedFrom = neighboursAlong(edges);
  const feedersOf = neighboursAlong(edges.map(reversed));
  const network = buildNetwork([...topology.servers.keys()], fedFrom);
  const trusts = topology.trusts ?? trustsForLinks(topology);
  const { links, trustedAddresses, tokens } = topology;
  return {
    servers: topology.servers,
    webServers: servers.filter((server) => !server.nameserver),
    nameservers: servers.filter((server) => server.nameserver),
    unlinked,
    links,
    trusts,
    ...(trustedAddresses && { trustedAddresses }),
    ...(tokens && { tokens }),
    feedingLinks,
    fedFrom,
    feedersOf,
    intermediaries: findIntermediaries(feedingLinks, feedersOf),
    entry: entryIndex(links, trusts),
    network,
    walkFrom: memoize((name) => walkNetwork(network, name)),
  };
}

function findFeedingLinks({ servers, links }: DeclaredTopology): FeedingLink[] {
  return links.flatMap((link) => {
    const from = servers.get(link.from);
    const to = servers.get(link.to);
    if (!from || !to || from === to || link.role === "standalone") return [];
    return [{ from, to, role: link.role }];
  });
}

function findIntermediaries(links: readonly FeedingLink[], feedersOf: ClusterGraph["feedersOf"]): string[] {
  const passingOn = links
    .filter(({ from, to }) => from.nameserver && to.nameserver && feedersOf(from.name).length > 0)
    .map(({ from }) => from.name);
  return [...new Set(passingOn)];
}

function entryIndex(links: readonly Link[], trusts: readonly Trust[]): ClusterGraph["entry"] {
  const key = (holder: string, about: string): string => `${holder}\0${about}`;
  const roles = new Map<string, Role>();
  for (const { server, peer } of trusts) roles.set(key(peer, server), "standalone");
  for (const { from, to, role } of links) roles.set(key(from, to), role);
  return (holder, about) => roles.get(key(holder, about));
}
