import { standingAsDeclared, type Standing, type StandingLink } from "../../topology";
import type { FoundLinks } from "../live-links/find-live-links";
import { pairIn, type JudgedGate } from "../live-links/verdict";
import { asHeld } from "./live-standing";

/** Links of a gate when its run has ended. */
export interface Outcome {
  readonly after: Standing;
  /** Links that somebody has removed or changed and that this run leaves as they are, because the state does not know. */
  readonly lost: readonly StandingLink[];
}

/**
 * Returns what the servers hold when a run has ended: what is declared, except for links that the run does not touch. A
 * run puts right only what the state knows of, which a refresh tells it.
 */
export function outcomeOf(judged: JudgedGate, found: FoundLinks): Outcome {
  const { topology } = judged.gate;
  const declared = standingAsDeclared(topology);
  const isTouched = touchedBy(judged);
  const outcomes = declared.links.map((link) => {
    const held = isTouched(link) ? undefined : asHeld(link, topology.servers, found);
    return { link, left: held ?? [link] };
  });
  const isLost = ({ link, left }: (typeof outcomes)[number]): boolean => left[0]?.stored !== link.stored;
  return {
    after: { ...declared, links: outcomes.flatMap(({ left }) => left) },
    lost: outcomes.filter(isLost).map(({ link }) => link),
  };
}

/** A link is left as it is if the state has it with the same role and no refresh has found it to differ. */
function touchedBy({ gate, before, restored = [] }: JudgedGate): (link: StandingLink) => boolean {
  if (before === undefined) return () => true;
  const pairBefore = pairIn(before.servers);
  const known = new Map(standingAsDeclared(before).links.map((link) => [pairBefore(link), link.stored]));
  const differing = new Set(restored.map(pairBefore));
  const pair = pairIn(gate.topology.servers);
  return (link) => known.get(pair(link)) !== link.stored || differing.has(pair(link));
}
