import type { Role } from "../../schema/role";
import type { Link, TopologyInput, Trust } from "../../schema/topology";
import { buildGraph, type ClusterGraph } from "./graph";
import { groupBy } from "./group-by";
import { readTopology } from "./read-topology";
import type { ClusterServer } from "./server";

/** An attribute of a server that two topologies give different values; `undefined` where it is not given. */
export interface ChangedAttribute {
  /** Its name, as in a topology. */
  readonly attribute: string;
  /** The old value. */
  readonly before: string | boolean | undefined;
  /** The new value. */
  readonly after: string | boolean | undefined;
}

/** A server that both topologies declare, differently. */
export interface ChangedServer {
  /** Its name in both. */
  readonly name: string;
  /** What differs. */
  readonly attributes: readonly ChangedAttribute[];
}

/** A link that both topologies have, with different roles. */
export interface ChangedLink {
  /** Name of the server that stores the link. */
  readonly from: string;
  /** Name of the server that it links to. */
  readonly to: string;
  /** The old role. */
  readonly before: Role;
  /** The new role. */
  readonly after: Role;
}

/** What differs between two topologies: servers by name, links and trusts by their two ends. */
export interface TopologyComparison {
  /** Servers, told by their names. */
  readonly servers: {
    /** Names of those that only the new one has. */
    readonly added: readonly string[];
    /** Names of those that only the old one has. */
    readonly removed: readonly string[];
    /** Those that both have, differently. */
    readonly changed: readonly ChangedServer[];
  };
  /** Links, told by their two ends. */
  readonly links: {
    /** Those that only the new one has. */
    readonly added: readonly Link[];
    /** Those that only the old one has. */
    readonly removed: readonly Link[];
    /** Those that both have, with another role. */
    readonly changed: readonly ChangedLink[];
  };
  /** Trusts, told by their two ends. */
  readonly trusts: {
    /** Those that only the new one has. */
    readonly added: readonly Trust[];
    /** Those that only the old one has. */
    readonly removed: readonly Trust[];
  };
}

/**
 * Compares two topologies: their servers, links, roles and trusts. Trusts that are left out are compared as those
 * that follow from the links.
 *
 * @throws TopologyError when one of them is malformed
 */
export function compareTopologies(before: TopologyInput, after: TopologyInput): TopologyComparison {
  return compareGraphs(buildGraph(readTopology(before)), buildGraph(readTopology(after)));
}

/** The same for graphs that are built already. */
export function compareGraphs(before: ClusterGraph, after: ClusterGraph): TopologyComparison {
  return {
    servers: compareServers(before, after),
    links: compareLinks(before, after),
    trusts: {
      added: without(after.trusts, before.trusts, trustKey),
      removed: without(before.trusts, after.trusts, trustKey),
    },
  };
}

function compareServers(before: ClusterGraph, after: ClusterGraph): TopologyComparison["servers"] {
  const changed = [...after.servers.values()].flatMap((server) => {
    const old = before.servers.get(server.name);
    const attributes = old ? changedAttributes(old, server) : [];
    return attributes.length > 0 ? [{ name: server.name, attributes }] : [];
  });
  return {
    added: [...after.servers.keys()].filter((name) => !before.servers.has(name)),
    removed: [...before.servers.keys()].filter((name) => !after.servers.has(name)),
    changed,
  };
}

function changedAttributes(before: ClusterServer, after: ClusterServer): ChangedAttribute[] {
  const old = new Map<string, ChangedAttribute["before"]>(Object.entries(before));
  const fresh = new Map<string, ChangedAttribute["after"]>(Object.entries(after));
  const attributes = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  return attributes
    .map((attribute) => ({ attribute, before: old.get(attribute), after: fresh.get(attribute) }))
    .filter((change) => change.before !== change.after);
}

/** A pair with one link of each side left over has changed its role; where a pair has several, each is told alone. */
function compareLinks(before: ClusterGraph, after: ClusterGraph): TopologyComparison["links"] {
  const removed = without(before.links, after.links, linkKey);
  const added = without(after.links, before.links, linkKey);
  const goneOf = singleLinks(removed);
  const newOf = singleLinks(added);
  const isChanged = (link: Link): boolean => goneOf.has(endsKey(link)) && newOf.has(endsKey(link));
  return {
    added: added.filter((link) => !isChanged(link)),
    removed: removed.filter((link) => !isChanged(link)),
    changed: [...newOf].flatMap(([ends, { from, to, role }]) => {
      const gone = goneOf.get(ends);
      return gone ? [{ from, to, before: gone.role, after: role }] : [];
    }),
  };
}

/** Of the pairs that have one link only, that link. */
function singleLinks(links: readonly Link[]): ReadonlyMap<string, Link> {
  const groups = [...groupBy(links, endsKey)];
  return new Map(groups.flatMap(([ends, group]) => (group.length === 1 ? [[ends, group[0]]] : [])));
}

/** Items of one list that the other lacks; what is there twice counts twice. */
function without<Item>(
  items: readonly Item[],
  others: readonly Item[],
  keyOf: (item: Item) => string,
): Item[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1);
  return items.filter((item) => {
    const left = counts.get(keyOf(item)) ?? 0;
    counts.set(keyOf(item), left - 1);
    return left <= 0;
  });
}

const endsKey = ({ from, to }: Pick<Link, "from" | "to">): string => `${from}\0${to}`;
const linkKey = (link: Link): string => `${endsKey(link)}\0${link.role}`;
const trustKey = ({ server, peer }: Trust): string => `${server}\0${peer}`;
