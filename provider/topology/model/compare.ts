import type { Role } from "../../schema/role";
import type { Link, TopologyInput, Trust } from "../../schema/topology";
import { endsKey } from "./ends-key";
import { buildGraph, type ClusterGraph } from "./graph";
import { groupBy } from "./group-by";
import { readTopology } from "./read-topology";
import type { ClusterServer } from "./server";

/** An attribute of a server with different values in two topologies; `undefined` where it is not set. */
export interface ChangedAttribute {
  /** Name of the attribute in a topology. */
  readonly attribute: string;
  /** Old value. */
  readonly before: string | boolean | undefined;
  /** New value. */
  readonly after: string | boolean | undefined;
}

/** A server that both topologies declare, with differences. */
export interface ChangedServer {
  /** Name of the server in both topologies. */
  readonly name: string;
  /** Attributes that differ. */
  readonly attributes: readonly ChangedAttribute[];
}

/** A link that both topologies have, with different roles. */
export interface ChangedLink {
  /** Name of the server that stores the link. */
  readonly from: string;
  /** Name of the server that the link leads to. */
  readonly to: string;
  /** Old role. */
  readonly before: Role;
  /** New role. */
  readonly after: Role;
}

/** Differences between two topologies. Servers are matched by name, links and trusts by their two ends. */
export interface TopologyComparison {
  /** Servers, matched by name. */
  readonly servers: {
    /** Names of servers that only the new topology has. */
    readonly added: readonly string[];
    /** Names of servers that only the old topology has. */
    readonly removed: readonly string[];
    /** Servers that both topologies have, with differences. */
    readonly changed: readonly ChangedServer[];
  };
  /** Links, matched by their two ends. */
  readonly links: {
    /** Links that only the new topology has. */
    readonly added: readonly Link[];
    /** Links that only the old topology has. */
    readonly removed: readonly Link[];
    /** Links that both topologies have, with different roles. */
    readonly changed: readonly ChangedLink[];
  };
  /** Trusts, matched by their two ends. */
  readonly trusts: {
    /** Trusts that only the new topology has. */
    readonly added: readonly Trust[];
    /** Trusts that only the old topology has. */
    readonly removed: readonly Trust[];
  };
}

/**
 * Compares the servers, links, roles and trusts of two topologies. Omitted trusts are compared as those that follow
 * from the links.
 *
 * @throws TopologyError when one of them is malformed
 */
export function compareTopologies(before: TopologyInput, after: TopologyInput): TopologyComparison {
  return compareGraphs(buildGraph(readTopology(before)), buildGraph(readTopology(after)));
}

/** Compares graphs that are already built. */
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
  const [old, fresh] = [attributesOf(before), attributesOf(after)];
  const attributes = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  return attributes
    .map((attribute) => ({ attribute, before: old.get(attribute), after: fresh.get(attribute) }))
    .filter((change) => change.before !== change.after);
}

function attributesOf({ drain, ...server }: ClusterServer): Map<string, ChangedAttribute["before"]> {
  const drained = drain && [drain.reason, drain.until && `until ${drain.until}`].filter(Boolean).join(", ");
  return new Map(Object.entries({ ...server, ...(drained && { drain: drained }) }));
}

/** Compares links. If one link is left of a pair on each side, its role has changed; several are listed one by one. */
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

/** Returns the links of those pairs that have only one. */
function singleLinks(links: readonly Link[]): ReadonlyMap<string, Link> {
  const groups = [...groupBy(links, endsKey)];
  return new Map(groups.flatMap(([ends, group]) => (group.length === 1 ? [[ends, group[0]]] : [])));
}

/** Returns the items of one list that the other lacks. Repeated items count separately. */
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

const linkKey = (link: Link): string => `${endsKey(link)}\0${link.role}`;
const trustKey = ({ server, peer }: Trust): string => `${server}\0${peer}`;
