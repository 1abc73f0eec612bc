import type { Link, Trust } from "../../schema/topology";
import type { DeclaredTopology } from "./read-topology";
import type { ClusterServer } from "./server";

/**
 * Whether the guide requires reverse trust for a link: its target must be able to send and check records back, unless
 * an end runs DNSOnly or the link is write-only. A standalone link sends nothing, so it needs none either.
 */
export function needsReverseTrust(link: Link, servers: ReadonlyMap<string, ClusterServer>): boolean {
  const ends = [servers.get(link.from), servers.get(link.to)];
  return link.role === "sync" && ends.every((end) => end?.type === "cpanel");
}

/** Returns the trusts that a topology's links require, except those that are already links in the other direction. */
export function trustsForLinks({ servers, links }: Pick<DeclaredTopology, "servers" | "links">): Trust[] {
  const standing = new Set(links.map(({ from, to }) => `${from}\0${to}`));
  const asked = links.filter(
    (link) => needsReverseTrust(link, servers) && !standing.has(`${link.to}\0${link.from}`),
  );
  const trusts = new Map(asked.map(({ from, to }) => [`${from}\0${to}`, { server: from, peer: to }]));
  return [...trusts.values()];
}
