import type { TopologyInput } from "../../../provider/schema/topology";
import { feedingPairs, leads, type Cluster } from "./view";

// What the guide says about the servers themselves and about what they hold of each other: trust, addresses, tokens.

type TrustInput = NonNullable<TopologyInput["trusts"]>[number];

/** G1: every server runs version 11 or later. A version from 12 on is the second number of 11. */
export function everyVersionIsElevenOrLater({ topology }: Cluster): boolean {
  return Object.values(topology.servers).every(
    ({ version }) => version === undefined || Number.parseInt(version, 10) >= 11,
  );
}

/** G1: the nameservers are already configured. */
export function zonesComeToRunningNameserversOnly(cluster: Cluster): boolean {
  return feedingPairs(cluster).every(([, to]) => cluster.server(to).dnsServer !== "disabled");
}

/** G5: the addresses of remotely clustered nameservers are among a web server's trusted ones. */
export function webServersTrustTheirNameservers(cluster: Cluster): boolean {
  const { names, isNameserver, topology, server } = cluster;
  const lists = topology.trustedAddresses;
  if (!lists) return true;
  const pairs = names.flatMap((web) => names.map((name) => ({ web, name })));
  return pairs
    .filter(({ web, name }) => !isNameserver(web) && isNameserver(name) && leads(cluster, web, name))
    .every(({ web, name }) => {
      const { publicAddress, address } = server(name);
      return lists[web]?.includes(publicAddress ?? address ?? "") === true;
    });
}

/** G9: servers that synchronise trust each other, but for those that run DNSOnly or are written to only. */
export function synchronisingServersTrustEachOther(cluster: Cluster): boolean {
  const { trusts } = cluster.topology;
  return !trusts || askedTrusts(cluster).every((asked) => trusts.some((trust) => isSame(trust, asked)));
}

/** G9: trust is an entry of the role standalone on the peer; that entry cannot send zones as well. */
export function trustIsNoFeedingLink({ topology, feeds }: Cluster): boolean {
  return !(topology.trusts ?? []).some(({ server, peer }) => feeds(peer, server));
}

/** G6, G9: adding a server takes an API token of it. */
export function everyEntryHasAToken(cluster: Cluster): boolean {
  const { links = [], trusts = askedTrusts(cluster), apiTokens } = cluster.topology;
  if (!apiTokens) return true;
  const entries = [...links, ...trusts.map(({ server, peer }) => ({ from: peer, to: server }))];
  return entries.every(({ from, to }) =>
    apiTokens.some(({ server, users }) => server === to && (!users || users.includes(from))),
  );
}

/** G9: a token is made with the DNS Clustering ACL. */
export function everyTokenMayCluster({ topology }: Cluster): boolean {
  return (topology.apiTokens ?? []).every(
    ({ acls }) => !acls || acls.includes("clustering") || acls.includes("all"),
  );
}

function askedTrusts({ topology, runsCpanel }: Cluster): TrustInput[] {
  const links = topology.links ?? [];
  return links
    .filter(({ from, to, role }) => role === "sync" && runsCpanel(from) && runsCpanel(to))
    .filter(({ from, to }) => !links.some((back) => back.from === to && back.to === from))
    .map(({ from, to }) => ({ server: from, peer: to }));
}

function isSame(left: TrustInput, right: TrustInput): boolean {
  return left.server === right.server && left.peer === right.peer;
}
