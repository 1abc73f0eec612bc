import type { PlainServer } from "../schema/server";
import type { Link, TopologyInput } from "../schema/topology";
import { connectedWith } from "./connected";
import type { Finding } from "./finding";
import { findingsBeyond } from "./findings-beyond";
import type { RuleId } from "./rules";
import { errorsAmong } from "./validate";
import { validateGrouped, type Grouping } from "./validate-grouped";

/** Feeding links that servers hold already: made by hand, by another stack, or by this one before. */
export interface HeldLinks {
  readonly links: readonly Link[];
  /** Servers at the ends of these links; those of the declaration may be among them. */
  readonly servers: Readonly<Record<string, PlainServer>>;
}

/**
 * Rules that links can break together which are right one by one. The others speak of one link, or of what is missing,
 * of tokens and of addresses: what is held beside the declaration says nothing about those.
 */
const breakable: ReadonlySet<RuleId> = new Set<RuleId>([
  "feeding-cycle",
  "single-intermediary",
  "multiple-intermediaries-size",
]);

/**
 * Errors that an accepted declaration and the links that servers hold already cause together. What is wrong with the
 * held links alone is not the declaration's fault and is no finding here.
 */
export function validateWithHeld(declared: TopologyInput, held: HeldLinks, grouping: Grouping): Finding[] {
  const connected = connectedLinks(declared, held);
  const errorsOf = (links: readonly Link[]): Finding[] => {
    const findings = validateGrouped(withLinks(declared, held, links), grouping);
    return errorsAmong(findings).filter(({ rule }) => breakable.has(rule));
  };
  return findingsBeyond(errorsOf(connected), errorsOf(togetherWith(declared, connected)));
}

/** Held links that are part of the declared cluster: a provider may know other clusters as well. */
function connectedLinks(declared: TopologyInput, { links }: HeldLinks): Link[] {
  const own = (declared.links ?? []).flatMap(({ from, to }) => [from, to]);
  const near = connectedWith(
    own,
    togetherWith(declared, links).map(({ from, to }) => [from, to]),
  );
  return links.filter(({ from }) => near.has(from));
}

/** What is declared and what is held, as one topology; it is what a drawing of such findings shows. */
export function withHeldLinks(declared: TopologyInput, held: HeldLinks): TopologyInput {
  return withLinks(declared, held, togetherWith(declared, connectedLinks(declared, held)));
}

function withLinks(
  { servers, rules }: TopologyInput,
  held: HeldLinks,
  links: readonly Link[],
): TopologyInput {
  return { servers: { ...held.servers, ...servers }, links: [...links], ...(rules && { rules }) };
}

/** A link that is declared and held is one link; its declared role is the one that counts. */
function togetherWith({ links = [] }: TopologyInput, held: readonly Link[]): Link[] {
  const declared = links as Link[];
  const pairs = new Set(declared.map(({ from, to }) => `${from}\0${to}`));
  return [...declared, ...held.filter(({ from, to }) => !pairs.has(`${from}\0${to}`))];
}
