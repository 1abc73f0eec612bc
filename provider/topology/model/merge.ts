import type { ClusterToken, Link } from "../../schema/topology";
import { tokensForEntries } from "./derive";
import { trustsForLinks } from "./needed-trusts";
import { sortedTrusts, type DeclaredTopology } from "./read-topology";
import type { ClusterServer } from "./server";
import { compareNames } from "../report/words";

/** Servers with the same name, in the order in which they were found. */
export type Namesakes = Map<string, ClusterServer[]>;

/**
 * Gives the servers of several topologies names that are valid across all of them. The same name with the same address
 * is one server. The same name with another address is another server, named `name<2>` and so on.
 *
 * @param known servers of topologies that were named before; these are added
 */
export function qualifyNames(
  parts: readonly DeclaredTopology[],
  known: Namesakes = new Map(),
): DeclaredTopology[] {
  return parts.map((part) => {
    const names = new Map(
      [...part.servers.values()].map((server) => [server.name, globalName(server, known)]),
    );
    return renamed(part, (name) => names.get(name) ?? name);
  });
}

/**
 * Merges several topologies, whose names must be valid across all of them. Lists that none of them has stay absent.
 * Overrides are left out: they depend on the part that a finding concerns.
 */
export function mergeTopologies(parts: readonly DeclaredTopology[]): DeclaredTopology {
  const links = parts.flatMap((part) => part.links);
  const tokens = parts.some((part) => part.tokens) ? { tokens: parts.flatMap(tokensOf) } : {};
  const isGiven = parts.some((part) => part.trustedAddresses);
  return {
    servers: mergeServers(parts),
    links: links.sort((left, right) =>
      compareNames([left.from, left.to, left.role], [right.from, right.to, right.role]),
    ),
    trusts: sortedTrusts(parts.flatMap((part) => part.trusts ?? trustsForLinks(part))),
    ...(isGiven && { trustedAddresses: mergeTrustedAddresses(parts) }),
    ...tokens,
    rules: {},
  };
}

function globalName(server: ClusterServer, known: Namesakes): string {
  const namesakes = known.get(server.name) ?? [];
  known.set(server.name, namesakes);
  const same = namesakes.findIndex(({ address }) => address === server.address);
  const found = same === -1 ? namesakes.findIndex((namesake) => mayBeOne(namesake, server)) : same;
  const index = found === -1 ? namesakes.length : found;
  namesakes[index] = { ...server, ...namesakes[index] };
  return index === 0 ? server.name : `${server.name}<${index + 1}>`;
}

/** Whether two servers may be the same. An unknown address doesn't prove that they differ. */
function mayBeOne(left: ClusterServer, right: ClusterServer): boolean {
  return left.address === undefined || right.address === undefined;
}

function renamed(part: DeclaredTopology, name: (local: string) => string): DeclaredTopology {
  const { servers, links, trusts, trustedAddresses, tokens, rules } = part;
  const lists =
    trustedAddresses && new Map([...trustedAddresses].map(([server, list]) => [name(server), list]));
  return {
    servers: new Map(
      [...servers.values()].map((server) => [name(server.name), { ...server, name: name(server.name) }]),
    ),
    links: links.map((link): Link => ({ ...link, from: name(link.from), to: name(link.to) })),
    ...(trusts && {
      trusts: trusts.map((trust) => ({ ...trust, server: name(trust.server), peer: name(trust.peer) })),
    }),
    ...(lists && { trustedAddresses: lists }),
    ...(tokens && { tokens: tokens.map((token) => renamedToken(token, name)) }),
    rules,
  };
}

function renamedToken(token: ClusterToken, name: (local: string) => string): ClusterToken {
  return { ...token, server: name(token.server), ...(token.users && { users: token.users.map(name) }) };
}

/** Merges servers. One part may add what another leaves open. */
function mergeServers(parts: readonly DeclaredTopology[]): Map<string, ClusterServer> {
  const servers = new Map<string, ClusterServer>();
  for (const server of parts.flatMap((part) => [...part.servers.values()])) {
    servers.set(server.name, { ...server, ...servers.get(server.name) });
  }
  return new Map([...servers].sort(([left], [right]) => compareNames([left], [right])));
}

function mergeTrustedAddresses(parts: readonly DeclaredTopology[]): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, addresses] of parts.flatMap((part) => [...(part.trustedAddresses ?? [])])) {
    lists.set(name, [...(lists.get(name) ?? []), ...addresses]);
  }
  return lists;
}

function tokensOf(part: DeclaredTopology): readonly ClusterToken[] {
  return part.tokens ?? tokensForEntries(part, part.trusts ?? trustsForLinks(part));
}
