import { claimsOn, ownerOf } from "../../servers";
import type { LinkEnds, Standing, StandingLink } from "../../topology";
import { servers } from "../engine/session";
import type { FoundLinks } from "../live-links/find-live-links";
import { factsOf, pairIn, type JudgedGate } from "../live-links/verdict";

/** Returns the feeding links that stay whatever the gate does: of other stacks, made by hand, or declared elsewhere. */
export function otherLinks(judged: JudgedGate, { links }: FoundLinks): Standing<LinkEnds> {
  const { gate, before } = judged;
  const known = factsOf(links.flatMap(({ from, to }) => [from, to]));
  const own = new Set([
    ...gate.topology.links.map(pairIn(gate.topology.servers)),
    ...(before?.links ?? []).map(pairIn(before?.servers ?? {})),
  ]);
  const others = links.filter((link) => !own.has(pairIn(known)(link)));
  return { servers: known, links: [...others, ...(gate.elsewhere ?? [])] };
}

/** Returns those links that another stack claims as well. They stay when this one removes them. */
export async function claimedByOthers(
  { gate, before }: JudgedGate,
  removed: readonly StandingLink[],
): Promise<Standing<LinkEnds>> {
  const { owner } = ownerOf(gate.logicalName);
  const named = before?.servers ?? {};
  const kept = await Promise.all(
    removed.map(async (link) => {
      const [from, key] = [named[link.from]?.address, named[link.to]?.address];
      const holder = from === undefined ? undefined : servers().nameAt(from);
      if (holder === undefined || key === undefined) return [];
      // Its links count as in the state, and so do their claims.
      const claims = await claimsOn(servers().get(holder), "member", key).catch(() => []);
      return claims.some(({ content }) => content && content.owner !== owner) ? [link] : [];
    }),
  );
  return { servers: named, links: kept.flat() };
}
