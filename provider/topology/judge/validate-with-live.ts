import type { PlainServer } from "../../schema/server";
import type { Link, TopologyInput } from "../../schema/topology";
import { connectedWith } from "../model/connected";
import type { Finding } from "./finding";
import { findingsBeyond } from "./finding";
import type { RuleId } from "../rules";
import { errorsAmong } from "./validate";
import { validateGrouped, type Grouping } from "./validate-declared";

/** Feeding links that servers hold already: made by hand, by another stack, or by this one before. */
export interface LiveLinks {
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
export function validateWithLive(declared: TopologyInput, live: LiveLinks, grouping: Grouping): Finding[] {
  const connected = connectedLinks(declared, live);
  const errorsOf = (links: readonly Link[]): Finding[] => {
    const findings = validateGrouped(withLinks(declared, live, links), grouping);
    return errorsAmong(findings).filter(({ rule }) => breakable.has(rule));
  };
  return findingsBeyond(errorsOf(connected), errorsOf(togetherWith(declared, connected)));
}

/** Held links that are part of the declared cluster: a provider may know other clusters as well. */
function connectedLinks(declared: TopologyInput, { links }: LiveLinks): Link[] {
  const own = (declared.links ?? []).flatMap(({ from, to }) => [from, to]);
  const near = connectedWith(
    own,
    togetherWith(declared, links).map(({ from, to }) => [from, to]),
  );
  return links.filter(({ from }) => near.has(from));
}

/** What is declared and what is held, as one topology; it is what a drawing of such findings shows. */
export function withLiveLinks(declared: TopologyInput, live: LiveLinks): TopologyInput {
  return withLinks(declared, live, togetherWith(declared, connectedLinks(declared, live)));
}

function withLinks(
  { servers, rules }: TopologyInput,
  live: LiveLinks,
  links: readonly Link[],
): TopologyInput {
  return { servers: { ...live.servers, ...servers }, links: [...links], ...(rules && { rules }) };
}

/** A link that is declared and held is one link; its declared role is the one that counts. */
function togetherWith({ links = [] }: TopologyInput, live: readonly Link[]): Link[] {
  const declared = links as Link[];
  const pairs = new Set(declared.map(({ from, to }) => `${from}\0${to}`));
  return [...declared, ...live.filter(({ from, to }) => !pairs.has(`${from}\0${to}`))];
}
