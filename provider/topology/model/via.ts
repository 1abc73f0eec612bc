import type { PlainServer } from "../../schema/server";
import type { Link, Trust, Via } from "../../schema/topology";

type Servers = ReadonlyMap<string, PlainServer>;
type Entry = Pick<Trust, "via"> & { readonly holder: string; readonly about: string };

/**
 * Returns which address one server stores for another by default. A holder without a public address is outside the
 * network of a server that has one and can't reach its inner address.
 */
export function usualVia(holder: PlainServer | undefined, about: PlainServer | undefined): Via {
  const isOutside = holder?.publicAddress === undefined && about?.publicAddress !== undefined;
  return isOutside ? "publicAddress" : "address";
}

/** Returns which address of `to` the server `from` of a link stores. */
export function viaOfLink({ from, to, via }: Pick<Link, "from" | "to" | "via">, servers: Servers): Via {
  return via ?? usualVia(servers.get(from), servers.get(to));
}

/** Returns which address of `server` the server `peer` of a trust stores. */
export function viaOfTrust({ server, peer, via }: Trust, servers: Servers): Via {
  return viaOfLink({ from: peer, to: server, ...(via && { via }) }, servers);
}

/**
 * Returns the setting to write for an entry, left out if it is the default, so that equal things are written in one way.
 *
 * @param whole setting for the whole cluster, valid where the server has such an address
 */
export function writtenVia({ holder, about, via }: Entry, servers: Servers, whole?: Via): { via?: Via } {
  const isPossible = whole !== "publicAddress" || servers.get(about)?.publicAddress !== undefined;
  const meant = via ?? (isPossible ? whole : undefined);
  const isUsual = meant === usualVia(servers.get(holder), servers.get(about));
  return meant === undefined || isUsual ? {} : { via: meant };
}
