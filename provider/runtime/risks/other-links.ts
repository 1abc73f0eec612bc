import type { Topology } from "../../schema/topology";
import { claimsOn, ownerOf, type Claim } from "../../servers";
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
      const claims = await claimsOnLink(link, named);
      return claims.some(({ content }) => content && content.owner !== owner) ? [link] : [];
    }),
  );
  return { servers: named, links: kept.flat() };
}

/** Unreadable claims protect nothing: the link then counts as removed. */
async function claimsOnLink({ from, to }: LinkEnds, named: Topology["servers"]): Promise<Claim[]> {
  const address = named[from]?.address;
  const holder = address === undefined ? undefined : servers().nameAt(address);
  if (holder === undefined) return [];
  const keys = [named[to]?.address, named[to]?.publicAddress].filter((key) => key !== undefined);
  const claims = await Promise.all(
    keys.map((key) => claimsOn(servers().get(holder), "member", key).catch(() => [])),
  );
  return claims.flat();
}
