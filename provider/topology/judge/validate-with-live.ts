import type { PlainServer } from "../../schema/server";
import type { Link, TopologyInput } from "../../schema/topology";
import { connectedWith } from "../model/connected";
import { endsKey } from "../model/ends-key";
import { type Finding, findingsBeyond } from "./finding";
import type { RuleId } from "../rules";
import { errorsAmong } from "./validate";
import { validateGrouped, type Grouping } from "./validate-declared";

/** Feeding links that servers hold already: made by hand, by another stack, or earlier by this one. */
export interface LiveLinks {
  readonly links: readonly Link[];
  /** Servers at the ends of these links. Declared servers may be among them. */
  readonly servers: Readonly<Record<string, PlainServer>>;
}

/**
 * Rules that links can break together although each is right by itself. The other rules are about a single link,
 * missing parts, tokens or addresses; live links beside the declaration say nothing about those.
 */
const breakable: ReadonlySet<RuleId> = new Set<RuleId>([
  "feeding-cycle",
  "single-intermediary",
  "multiple-intermediaries-size",
]);

/**
 * Returns the errors that an accepted declaration and the live links cause together. What is wrong with the live links
 * alone is not the declaration's fault and is left out.
 */
export function validateWithLive(declared: TopologyInput, live: LiveLinks, grouping: Grouping): Finding[] {
  const connected = connectedLinks(declared, live);
  const errorsOf = (links: readonly Link[]): Finding[] => {
    const findings = validateGrouped(withLinks(declared, live, links), grouping);
    return errorsAmong(findings).filter(({ rule }) => breakable.has(rule));
  };
  return findingsBeyond(errorsOf(connected), errorsOf(togetherWith(declared, connected)));
}

/** Lists the live links that belong to the declared cluster: a provider may know other clusters too. */
function connectedLinks(declared: TopologyInput, { links }: LiveLinks): Link[] {
  const own = (declared.links ?? []).flatMap(({ from, to }) => [from, to]);
  const near = connectedWith(
    own,
    togetherWith(declared, links).map(({ from, to }) => [from, to]),
  );
  return links.filter(({ from }) => near.has(from));
}

/** Merges declared and live links into one topology, which a drawing of such findings shows. */
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

/** Merges links. A link that is both declared and live is one link, and its declared role counts. */
function togetherWith({ links = [] }: TopologyInput, live: readonly Link[]): Link[] {
  const declared = links as Link[];
  const pairs = new Set(declared.map(endsKey));
  return [...declared, ...live.filter((link) => !pairs.has(endsKey(link)))];
}
