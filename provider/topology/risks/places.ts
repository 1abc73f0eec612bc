import type { PlainServer } from "../../schema/server";
import { isNameserver } from "../model/server";
import type { LinkEnds } from "../judge/rule";
import type { ClusterChange, Standing } from "./cluster-change";

type Servers = Readonly<Record<string, PlainServer>>;
type PlaceOf = (name: string) => string;

/**
 * Where the servers of a change stand. A server keeps its place when it is renamed, because its address stays, and when it
 * moves to another address under its name.
 */
export interface Places {
  readonly before: PlaceOf;
  readonly after: PlaceOf;
  readonly others: PlaceOf;
  /** Returns the name by which a place is known to the user. */
  readonly nameOf: (place: string) => string;
  readonly isNameserver: (place: string) => boolean;
}

/** Finds the places of all servers of a change. */
export function placesOf({ before, after, others }: ClusterChange): Places {
  const afterwards = placeByAddress(after.servers);
  const addresses = new Set(Object.values(after.servers).map(({ address }) => address));
  const earlier = new Set(Object.values(before.servers).map(({ address }) => address));
  const hasMoved = (name: string): boolean =>
    Object.hasOwn(after.servers, name) && !earlier.has(after.servers[name]?.address);
  const formerly: PlaceOf = (name) => {
    const address = before.servers[name]?.address;
    if (address !== undefined && addresses.has(address)) return address;
    return address === undefined || hasMoved(name) ? afterwards(name) : address;
  };
  const elsewhere = placeByAddress(others.servers);
  const known = [
    ...knownAt(others, elsewhere),
    ...knownAt(before, formerly),
    ...knownAt(after, afterwards),
  ] as const;
  const servers = new Map(known);
  return {
    before: formerly,
    after: afterwards,
    others: elsewhere,
    nameOf: (place) => servers.get(place)?.name ?? place,
    isNameserver: (place) => servers.get(place)?.nameserver ?? true,
  };
}

/** Identifies a link by the places of its ends. */
export function pairKey(placeOf: PlaceOf, { from, to }: LinkEnds): string {
  return `${placeOf(from)}\0${placeOf(to)}`;
}

function placeByAddress(servers: Servers): PlaceOf {
  return (name) => servers[name]?.address ?? name;
}

interface KnownServer {
  readonly name: string;
  readonly nameserver: boolean;
}

function knownAt({ servers }: Standing<LinkEnds>, placeOf: PlaceOf): (readonly [string, KnownServer])[] {
  return Object.entries(servers).map(([name, server]) => [
    placeOf(name),
    { name, nameserver: isNameserver(server) },
  ]);
}
