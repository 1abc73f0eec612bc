import { z } from "zod";
import { roles } from "../../schema/role";
import type { Topology } from "../../schema/topology";
import type { TopologyGateInputs } from "../../schema/topology-gate";
import { endsKey, standingAsDeclared, type LinkEnds, type Standing, type StandingLink } from "../../topology";
import type { Properties } from "../engine/checked-inputs";
import { membersOn } from "../live-links/find-live-links";
import { liveStanding } from "./live-standing";

// A refresh notes at the gate which of its links the servers hold otherwise than the state says, so that the next preview
// can judge a change by what is there. The note is an input, because a check is given no outputs. Inputs that no program
// declares show nowhere as a change.

const seenLinks = z.object({
  /** Time of the refresh. */
  at: z.string(),
  /** Links that differ from the state; without a role where there is none. */
  links: z.array(z.object({ from: z.string(), to: z.string(), role: z.enum(roles).optional() })),
});

type SeenLinks = z.output<typeof seenLinks>;

/** Reads how the servers hold the links of a gate. A server that can't be read counts as in the state. */
export async function seeLinks(gate: TopologyGateInputs): Promise<SeenLinks> {
  const { topology } = gate;
  const members = await membersOn(topology.links.map(({ from }) => from));
  const live = liveStanding({ gate, before: topology }, { members });
  const found = new Map(live.links.map((link) => [endsKey(link), link]));
  const links = standingAsDeclared(topology).links.flatMap((link) => {
    const { from, to } = link;
    const role = found.get(endsKey(link))?.stored;
    return role === link.stored ? [] : [{ from, to, ...(role && { role }) }];
  });
  return { at: new Date().toISOString(), links };
}

/** Returns what a refresh has noted in the inputs of a gate; undefined if nothing has been refreshed since its last run. */
export function seenIn({ __seen: seen }: Properties): SeenLinks | undefined {
  return seenLinks.safeParse(seen).data;
}

/**
 * Returns an input by which a check tells the update which links this run puts right; empty if nothing differs. The next
 * check leaves it out.
 */
export function restoredBy(olds: Properties): { __restored?: LinkEnds[] } {
  const links = seenIn(olds)?.links ?? [];
  return links.length > 0 ? { __restored: links.map(({ from, to }) => ({ from, to })) } : {};
}

/** Returns the links that a check has told the update of. */
export function restoredIn({ __restored: restored }: Properties): LinkEnds[] {
  return restoredLinks.safeParse(restored).data ?? [];
}

const restoredLinks = z.array(z.object({ from: z.string(), to: z.string() }));

/** Returns the links of a topology as a refresh has seen them. */
export function standingAsSeen(topology: Topology, seen: SeenLinks | undefined): Standing {
  const { servers, links } = standingAsDeclared(topology);
  const noted = new Map(seen?.links.map((link) => [endsKey(link), link.role]));
  return { servers, links: links.flatMap((link) => asSeen(link, noted)) };
}

function asSeen(
  link: StandingLink,
  noted: ReadonlyMap<string, StandingLink["role"] | undefined>,
): StandingLink[] {
  if (!noted.has(endsKey(link))) return [link];
  const role = noted.get(endsKey(link));
  return role === undefined ? [] : [{ ...link, role, stored: role }];
}
