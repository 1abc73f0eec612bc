import type { Drain } from "../../schema/drain";
import type { Role } from "../../schema/role";
import type { PlainServer } from "../../schema/server";
import type { Link, TopologyInput } from "../../schema/topology";
import { countText } from "../report/words";
import { endOf } from "./day-or-time";

// Rules judge the roles that are declared: the structure has to be accepted with and without the drain, and whatever
// follows from it, such as trusted addresses, stays on the servers. Only what the servers store is standalone.

type Servers = Readonly<Record<string, Pick<PlainServer, "drain">>>;

/** Returns the role that is stored for a link: standalone while the link or one of its ends is drained. */
export function storedRole({ from, to, role, drain }: Link, servers: Servers): Role {
  return (drain ?? servers[from]?.drain ?? servers[to]?.drain) ? "standalone" : role;
}

/**
 * Lists what is drained, a sentence each: what, why, and which roles come back. Says so when it should have ended.
 *
 * @param now milliseconds since 1970
 */
export function drainSentences({ servers, links = [] }: TopologyInput, now: number): string[] {
  const ofServers = Object.entries(servers).flatMap(([name, { drain }]) => {
    if (!drain) return [];
    const many = links.filter(
      ({ from, to, role }) => (from === name || to === name) && role !== "standalone",
    );
    return [sentence(name, drain, `${standOrStands(many.length)} as standalone`, now)];
  });
  const ofLinks = links.flatMap(({ from, to, role, drain }) =>
    drain ? [sentence(`${from} -> ${to}`, drain, `it stands as standalone instead of ${role}`, now)] : [],
  );
  return [...ofServers, ...ofLinks];
}

function standOrStands(links: number): string {
  return `its ${countText(links, "link")} ${links === 1 ? "stands" : "stand"}`;
}

function sentence(what: string, { reason, until }: Drain, effect: string, now: number): string {
  const end = until === undefined ? "" : ` until ${until}`;
  const drained = `${what} is drained${end} (${reason}): ${effect}.`;
  if (until === undefined || endOf(until) > now) return drained;
  return `${drained} The time is over: remove the drain, or give a later until.`;
}
