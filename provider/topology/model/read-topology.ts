import type { Role } from "../../schema/role";
import type { RuleOverrides } from "../../schema/rule-overrides";
import type { PlainServer } from "../../schema/server";
import type { ClusterToken, Link, Topology, TopologyInput, Trust, Via } from "../../schema/topology";
import { TopologyError } from "../judge/errors";
import { isNameserver, type ClusterServer } from "./server";
import { writtenVia } from "./via";
import { compareNames, inReadingOrder } from "../report/words";

type NamedServers = ReadonlyMap<string, ClusterServer>;

/** A topology in normal form: defaults filled in, roles shortened, everything in a fixed order. */
export interface DeclaredTopology {
  readonly servers: ReadonlyMap<string, ClusterServer>;
  readonly links: readonly Link[];
  /** Absent if they are to be derived, like the two lists below. */
  readonly trusts?: readonly Trust[];
  readonly trustedAddresses?: ReadonlyMap<string, readonly string[]>;
  readonly tokens?: readonly ClusterToken[];
  readonly rules: RuleOverrides;
}

/**
 * Reads a topology that may have been written by hand and not parsed by the schema.
 *
 * @throws TopologyError with every problem at once
 */
export function readTopology(topology: TopologyInput): DeclaredTopology {
  const problems = topologyProblems(topology);
  if (problems.length > 0) throw new TopologyError(problems);
  const { trusts, trustedAddresses, apiTokens, rules } = topology;
  const servers = new Map(
    sortedEntries(topology.servers).map(([name, server]) => [name, readServer(name, server)]),
  );
  return {
    servers,
    links: readLinks(topology, servers),
    ...(trusts && { trusts: readTrusts(trusts, servers, topology.via) }),
    ...(trustedAddresses && { trustedAddresses: new Map(sortedEntries(trustedAddresses)) }),
    ...(apiTokens && { tokens: sortedTokens(apiTokens) }),
    rules: rules ?? {},
  };
}

/** Converts back to a topology as it might have been written, with everything in a fixed order. */
export function writtenTopology(declared: DeclaredTopology): Topology {
  const { servers, links, trusts, trustedAddresses, tokens, rules } = declared;
  const lists =
    trustedAddresses &&
    [...trustedAddresses].map(([name, list]): [string, string[]] => [name, inReadingOrder(list)]);
  return {
    servers: Object.fromEntries([...servers].map(([name, server]) => [name, writtenServer(server)])),
    links: [...links],
    ...(trusts && { trusts: [...trusts] }),
    ...(lists && { trustedAddresses: Object.fromEntries(lists) }),
    ...(tokens && { apiTokens: [...tokens] }),
    ...(Object.keys(rules).length > 0 && { rules }),
  };
}

/** Leaves out flags that follow from the type or are not set. */
function writtenServer({ name: _name, nameserver, intermediary, ...server }: ClusterServer): PlainServer {
  return {
    ...server,
    ...(nameserver && server.type === "cpanel" && { nameserver }),
    ...(intermediary && { intermediary }),
  };
}

/** Lists what makes a topology unreadable, each as `path: what was expected`. */
export function topologyProblems(topology: TopologyInput): string[] {
  const servers = sortedEntries(topology.servers ?? {}).flatMap(([name, server]) =>
    serverProblems(name, server),
  );
  const links = (topology.links ?? [])
    .map((link, index) => ({ path: `links[${index}].role`, role: shortRole(link.role) }))
    .filter(({ role }) => role === undefined)
    .map(({ path }) => `${path}: must be sync, write-only or standalone`);
  return [...servers, ...links];
}

/** Sorts trusts and removes repeats: a trust declared twice is one entry on the server. */
export function sortedTrusts(trusts: readonly Trust[]): Trust[] {
  const unique = new Map(trusts.map((trust) => [`${trust.server}\0${trust.peer}`, trust]));
  return [...unique.values()].sort((left, right) => compareNames(trustKey(left), trustKey(right)));
}

function sortedEntries<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort(([left], [right]) => compareNames([left], [right]));
}

function readServer(name: string, server: PlainServer): ClusterServer {
  const nameserver = isNameserver(server);
  return { ...withoutUndefined(server), name, nameserver, intermediary: server.intermediary === true };
}

/** Removes fields without a value, so that what one topology leaves open never hides what another says. */
function withoutUndefined(server: PlainServer): PlainServer {
  return Object.fromEntries(Object.entries(server).filter(([, value]) => value !== undefined)) as PlainServer;
}

function readTrusts(trusts: readonly Trust[], servers: NamedServers, whole: Via | undefined): Trust[] {
  const read = trusts.map(({ server, peer, via }) => ({
    server,
    peer,
    ...writtenVia({ holder: peer, about: server, via }, servers, whole),
  }));
  return sortedTrusts(read);
}

function readLinks(topology: TopologyInput, servers: NamedServers): Link[] {
  const links = (topology.links ?? []).map(({ from, to, role, via, drain }) => ({
    from,
    to,
    role: shortRole(role) as Role,
    ...writtenVia({ holder: from, about: to, via }, servers, topology.via),
    ...(drain && { drain }),
  }));
  return links.sort((left, right) => compareNames(linkKey(left), linkKey(right)));
}

function sortedTokens(tokens: readonly ClusterToken[]): ClusterToken[] {
  return tokens.map(sortedToken).sort((left, right) => compareNames(tokenKey(left), tokenKey(right)));
}

function sortedToken({ server, users, acls, whitelistIps, expiresAt }: ClusterToken): ClusterToken {
  return {
    server,
    ...(users && { users: [...users].sort() }),
    ...(acls && { acls: [...acls].sort() }),
    ...(whitelistIps && { whitelistIps: [...whitelistIps].sort() }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

// A map, not `in`: a role "toString" must not be found on the prototype.
const roleWords = new Map<string, Role>([
  ["sync", "sync"],
  ["synchronize", "sync"],
  ["Synchronize", "sync"],
  ["write-only", "write-only"],
  ["standalone", "standalone"],
]);

function shortRole(word: string): Role | undefined {
  return roleWords.get(word);
}

function serverProblems(name: string, server: PlainServer): string[] {
  const path = `servers.${name}`;
  if (server?.type !== "cpanel" && server?.type !== "dnsonly")
    return [`${path}.type: must be cpanel or dnsonly`];
  if (server.type === "dnsonly" && server.nameserver === false) {
    return [
      `${path}.nameserver: a dnsonly server is always a nameserver; leave the field out or set it to true`,
    ];
  }
  if (server.type === "cpanel" && server.nameserver !== true && server.intermediary === true) {
    return [
      `${path}.intermediary: only a nameserver can be an intermediary; set nameserver: true if it hosts no accounts`,
    ];
  }
  return [];
}

const linkKey = (link: Link): string[] => [link.from, link.to, link.role];
const trustKey = (trust: Trust): string[] => [trust.server, trust.peer];
const tokenKey = ({ server, users = [], acls = [], whitelistIps = [] }: ClusterToken): string[] => [
  server,
  ...users,
  ...acls,
  ...whitelistIps,
];
