import type { PlainServer } from "../../schema/server";
import type { Link, Trust, Via } from "../../schema/topology";

type Servers = ReadonlyMap<string, PlainServer>;
type Entry = Pick<Trust, "via"> & { readonly holder: string; readonly about: string };

/**
 * Under which address one server stores another where nothing is said of it. A holder without a public address of its own
 * stands outside the network of a server that has one, and cannot reach the inner address.
 */
export function usualVia(holder: PlainServer | undefined, about: PlainServer | undefined): Via {
  const isOutside = holder?.publicAddress === undefined && about?.publicAddress !== undefined;
  return isOutside ? "publicAddress" : "address";
}

/** Under which address `from` of a link stores `to`. */
export function viaOfLink({ from, to, via }: Pick<Link, "from" | "to" | "via">, servers: Servers): Via {
  return via ?? usualVia(servers.get(from), servers.get(to));
}

/** Under which address `peer` of a trust stores `server`. */
export function viaOfTrust({ server, peer, via }: Trust, servers: Servers): Via {
  return viaOfLink({ from: peer, to: server, ...(via && { via }) }, servers);
}

/**
 * What an entry says of itself, left out where it is the usual one: one spelling for what is the same.
 *
 * @param whole what is said for the whole cluster; it holds where the server has such an address
 */
export function writtenVia({ holder, about, via }: Entry, servers: Servers, whole?: Via): { via?: Via } {
  const isPossible = whole !== "publicAddress" || servers.get(about)?.publicAddress !== undefined;
  const meant = via ?? (isPossible ? whole : undefined);
  const isUsual = meant === usualVia(servers.get(holder), servers.get(about));
  return meant === undefined || isUsual ? {} : { via: meant };
}
