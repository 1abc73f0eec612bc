import type { PlainServer } from "../../schema/server";
import type { Topology } from "../../schema/topology";
import type { ListedMember } from "../../servers";
import { standingAsDeclared, type Standing, type StandingLink } from "../../topology";
import { isForgotten, servers } from "../engine/session";
import type { FoundLinks } from "../live-links/find-live-links";
import { pairIn, type JudgedGate } from "../live-links/verdict";

type Servers = Readonly<Record<string, PlainServer>>;

/**
 * Returns the links of a gate as the servers hold them: those that it held before, and those that it is to hold and that
 * are there already. Links of servers that are gone for good don't count.
 */
export function liveStanding(
  { gate: { topology }, before }: JudgedGate,
  found: Pick<FoundLinks, "members">,
): Standing {
  const known = before === undefined ? [] : ownLinks(before);
  const pairs = new Set(known.map(pairIn(before?.servers ?? {})));
  const coming = ownLinks(topology).filter((link) => !pairs.has(pairIn(topology.servers)(link)));
  return {
    servers: { ...topology.servers, ...before?.servers },
    links: [
      ...known.flatMap((link) => asHeld(link, before?.servers ?? {}, found) ?? link),
      ...coming.flatMap((link) => asHeld(link, topology.servers, found) ?? []),
    ],
  };
}

function ownLinks(topology: Topology): readonly StandingLink[] {
  return withoutForgotten(standingAsDeclared(topology)).links;
}

/** Leaves out links of servers that are gone for good: they are lost already. */
export function withoutForgotten({ servers: known, links }: Standing): Standing {
  return { servers: known, links: links.filter(({ from, to }) => !isForgotten(from) && !isForgotten(to)) };
}

/** Returns a link as its server holds it, if it does; undefined for a server that could not be read. */
export function asHeld(
  link: StandingLink,
  named: Servers,
  { members }: Pick<FoundLinks, "members">,
): StandingLink[] | undefined {
  const held = members.get(holderOf(link.from, named));
  if (!held || !hasFiles(link.from, named)) return undefined;
  const role = roleIn(held, named[link.to]);
  if (role === undefined) return [];
  const isDrained = link.stored !== link.role && role === link.stored;
  return [{ ...link, role: isDrained ? link.role : role, stored: role }];
}

/** Returns the name by which the provider knows a server. */
function holderOf(name: string, named: Servers): string {
  const address = named[name]?.address;
  return (address === undefined ? undefined : servers().nameAt(address)) ?? name;
}

/** A server without a connection has been asked for nothing. */
function hasFiles(name: string, named: Servers): boolean {
  return servers().get(holderOf(name, named)).settings.connection !== undefined;
}

function roleIn(
  members: readonly ListedMember[],
  about: PlainServer | undefined,
): ListedMember["role"] | undefined {
  const addresses = [about?.address, about?.publicAddress];
  return members.find(({ key }) => addresses.includes(key))?.role;
}
