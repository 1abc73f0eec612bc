import { circularGroups } from "../model/connected";
import type { ClusterGraph } from "../model/graph";
import { defineRule } from "../judge/rule";
import { countText } from "../report/words";

/**
 * Zones never come back to where they started.
 *
 * In a circle of feeding links a change travels round. An old zone can return and overwrite a newer one, and a zone
 * deleted on one server comes back from the next. Two servers that feed each other are a circle of two.
 *
 * Example: `ns1 -> ns2 -> ns3 -> ns1`.
 * Source: the guide on synchronising back and on many intermediaries.
 */
export const feedingCycle = defineRule({
  id: "feeding-cycle",
  severity: "error",
  fixed: false,
  scope: "everything",
  guide: ["G2", "G8"],
  source: "Guide to DNS Cluster Configurations, note on synchronising back and warning about intermediaries",
  summary: "A cycle of feeding links, of any length.",
  consequence: "Zones travel in a circle: old ones return over newer ones, and deleted ones come back.",
  example: "links ns1 -> ns2 and ns2 -> ns1, both sync",
  check(graph) {
    const edges = graph.feedingLinks.map(({ from, to }) => [from.name, to.name] as const);
    return circularGroups(graph.servers.keys(), edges).map((names) => {
      const cycle = shortestCycle(names, graph);
      const others = names.length - cycle.length;
      const more = others > 0 ? ` Circles with these run through ${countText(others, "more server")}.` : "";
      const problem = `${[...cycle, cycle[0]].join(" -> ")} is a circle of feeding links.${more}`;
      return { servers: cycle, problem, fix: "Remove one of its links, or make it standalone." };
    });
  },
});

/** Finds the shortest cycle through the first name of a strongly connected component. */
function shortestCycle(names: readonly string[], { walkFrom, feedersOf }: ClusterGraph): string[] {
  const start = names[0] as string;
  const within = walkFrom(start);
  const lengths = feedersOf(start)
    .filter((name) => within.has(name))
    .map((name) => within.path(name))
    .sort((left, right) => left.length - right.length);
  return lengths[0] as string[];
}
