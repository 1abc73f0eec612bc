import type { Role } from "../../schema/role";
import type { PlainServer } from "../../schema/server";
import type { ClusterToken, Topology, TopologyInput } from "../../schema/topology";
import { completeTopology, storedRole, TopologyError, viaOfLink, viaOfTrust } from "../../topology";
import { withKnownServers, type KnownServers } from "./known-servers";
import { inSeconds } from "./token-settings";

/** An entry that a server must store for another one. */
export interface DeclaredEntry {
  readonly type: "link" | "trust";
  /** Server that stores the entry. */
  readonly holder: string;
  /** Server that the entry is about. */
  readonly about: string;
  /** Address under which it is stored. */
  readonly key: string;
  readonly role: Role;
}

/** A token of `server` that `users` present to it. */
export interface DeclaredToken {
  readonly server: string;
  /** Names of the servers that store it; empty means any. */
  readonly users: readonly string[];
  /** Name of the token on the server, if it is known. */
  readonly name?: string | undefined;
  /** What it must be like; undefined for a derived token, which only has to work. */
  readonly settings?: TokenSettings | undefined;
}

/** Settings of a declared token. */
export interface TokenSettings {
  readonly acls: readonly string[];
  /** Empty means any address. */
  readonly whitelistIps: readonly string[];
  /** Seconds since 1970; undefined means never. */
  readonly expiresAt?: number | undefined;
}

/** What must stand on the servers. */
export interface Declaration {
  readonly servers: ReadonlyMap<string, PlainServer>;
  /** Servers of the connections, to name an address that is not declared. */
  readonly known: KnownServers;
  readonly entries: readonly DeclaredEntry[];
  readonly tokens: readonly DeclaredToken[];
  readonly trustedAddresses: readonly { readonly server: string; readonly address: string }[];
}

/**
 * Makes one declaration of topologies. A server of several topologies counts once.
 *
 * @param known what the connections say of servers; fills in addresses that the topologies leave open
 * @param tokens declared tokens, in place of those of the topologies
 * @throws TopologyError when a server has no address or two, so that nothing can be compared
 */
export function declarationOf(
  topologies: readonly TopologyInput[],
  known: KnownServers = {},
  tokens?: readonly DeclaredToken[],
): Declaration {
  const filled = topologies.map((topology) => withKnownServers(topology, known));
  const whole = filled.map(completeTopology);
  const servers = new Map(whole.flatMap((topology) => Object.entries(topology.servers)));
  const lines = whole.flatMap(({ trustedAddresses = {} }) =>
    Object.entries(trustedAddresses).flatMap(([server, list]) =>
      list.map((address) => ({ server, address })),
    ),
  );
  return {
    servers,
    known,
    entries: unique(whole.flatMap(entriesOf), ({ type, holder, about }) => [type, holder, about]),
    tokens: tokens ? [...tokens, ...derivedTokens(filled, tokens)] : uniqueTokens(filled.flatMap(tokensOf)),
    trustedAddresses: unique(lines, ({ server, address }) => [server, address]),
  };
}

function entriesOf({ servers: named, links, trusts = [] }: Topology): DeclaredEntry[] {
  const servers = new Map(Object.entries(named));
  const linked = new Set(links.map(({ from, to }) => `${from}\0${to}`));
  const entry = (made: Omit<DeclaredEntry, "key">, via: "address" | "publicAddress"): DeclaredEntry => {
    const key = servers.get(made.about)?.[via];
    if (key !== undefined) return { ...made, key };
    throw new TopologyError([`servers.${made.about}.${via}: ${made.holder} stores it; give it`]);
  };
  return [
    ...links.map((link) =>
      entry(
        { type: "link", holder: link.from, about: link.to, role: storedRole(link, named) },
        viaOfLink(link, servers),
      ),
    ),
    // Where both are declared, one entry serves as both, with the role of the link.
    ...trusts
      .filter(({ server, peer }) => !linked.has(`${peer}\0${server}`))
      .map((trust) =>
        entry(
          { type: "trust", holder: trust.peer, about: trust.server, role: "standalone" },
          viaOfTrust(trust, servers),
        ),
      ),
  ];
}

/** Returns the tokens of a topology: those that it declares, else the derived ones. */
function tokensOf(topology: TopologyInput): DeclaredToken[] {
  const { apiTokens = [] } = completeTopology(topology);
  const isDeclared = topology.apiTokens !== undefined;
  return apiTokens.map((token) => ({
    server: token.server,
    users: token.users ?? [],
    ...(isDeclared && { settings: settingsOf(token) }),
  }));
}

function settingsOf({ acls = ["clustering"], whitelistIps = [], expiresAt }: ClusterToken): TokenSettings {
  return { acls, whitelistIps, expiresAt: expiresAt === undefined ? undefined : inSeconds(expiresAt) };
}

/** Derives a token for each entry that none of the given tokens is for. */
function derivedTokens(
  topologies: readonly TopologyInput[],
  given: readonly DeclaredToken[],
): DeclaredToken[] {
  const covered = new Set(given.flatMap(({ server, users }) => users.map((user) => `${server}\0${user}`)));
  const derived = topologies.flatMap(({ apiTokens: _given, ...topology }) => tokensOf(topology));
  return uniqueTokens(derived).filter(
    ({ server, users }) => !users.some((user) => covered.has(`${server}\0${user}`)),
  );
}

function uniqueTokens(tokens: readonly DeclaredToken[]): DeclaredToken[] {
  return unique(tokens, (token) => [JSON.stringify(token)]);
}

function unique<Item>(items: readonly Item[], keyOf: (item: Item) => readonly string[]): Item[] {
  return [...new Map(items.map((item) => [keyOf(item).join("\0"), item])).values()];
}
