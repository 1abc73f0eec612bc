import type { Link, Topology } from "../../schema/topology";
import { ownerOf } from "../../servers";
import { endsKey } from "../../topology";
import type { AnnouncedBy, FoundLinks } from "../live-links/find-live-links";
import { factsOf, pairIn, type JudgedGate } from "../live-links/verdict";

/**
 * Returns what an earlier gate of the same stack has announced on the servers of a new gate: a cluster was renamed, or the
 * state of its gate is lost. Undefined if there is no such gate.
 */
export function formerTopology({ gate }: JudgedGate, { announced }: FoundLinks): Topology | undefined {
  const { owner } = ownerOf(gate.logicalName);
  const own = announced.filter((each) => each.owner === owner);
  const continuing = idsOfContinuing(gate, own);
  const links = own
    .filter(({ id, from }) => !continuing.has(id) && Object.hasOwn(gate.topology.servers, from))
    .flatMap((each) => each.links);
  return links.length === 0 ? undefined : { servers: factsOf(endsOf(links)), links: [...links] };
}

/** Gates of which the program still declares a link elsewhere. They judge their own changes. */
function idsOfContinuing(
  { elsewhere = [] }: JudgedGate["gate"],
  announced: readonly AnnouncedBy[],
): ReadonlySet<string> {
  const declared = new Set(elsewhere.map(endsKey));
  const continuing = announced.filter(({ links }) => {
    const pair = pairIn(factsOf(endsOf(links)));
    return links.some((link) => declared.has(pair(link)));
  });
  return new Set(continuing.map(({ id }) => id));
}

function endsOf(links: readonly Link[]): string[] {
  return [...new Set(links.flatMap(({ from, to }) => [from, to]))];
}
