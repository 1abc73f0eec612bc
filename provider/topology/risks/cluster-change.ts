import type { Role } from "../../schema/role";
import type { PlainServer } from "../../schema/server";
import type { Link } from "../../schema/topology";
import type { LinkEnds } from "../judge/rule";
import { storedRole } from "../model/drain";

/** A link before or after a change. */
export interface StandingLink extends LinkEnds {
  /** Role without any drain. */
  readonly role: Role;
  /** Role that the server stores: `standalone` while the link or one of its ends is drained. */
  readonly stored: Role;
}

/** Servers, and links between them. */
export interface Standing<EachLink extends LinkEnds = StandingLink> {
  readonly servers: Readonly<Record<string, PlainServer>>;
  readonly links: readonly EachLink[];
}

/** What a change does with the links of a cluster. */
export interface ClusterChange {
  readonly before: Standing;
  readonly after: Standing;
  /** Feeding links that others have made and that stay. */
  readonly others: Standing<LinkEnds>;
  /** Names of the servers that may be another machine now, because the user has said so. */
  readonly accepted: ReadonlySet<string>;
}

/** Zones on the nameservers of a change. */
export interface HeldZones {
  /** Zones by the name of the nameserver. */
  readonly zones: ReadonlyMap<string, readonly string[]>;
  /** Nameservers whose zones could not be listed, each with the reason. */
  readonly unread: ReadonlyMap<string, string>;
}

/** Returns what the servers store if they store what a topology says. */
export function standingAsDeclared({
  servers,
  links,
}: {
  readonly servers: Standing["servers"];
  readonly links: readonly Link[];
}): Standing {
  const standing = links.map((link) => ({
    from: link.from,
    to: link.to,
    role: link.role,
    stored: storedRole(link, servers),
  }));
  return { servers, links: standing };
}
