import type { ClusterGraph } from "../graph";
import { aboutLink } from "../raw-findings";
import { defineRule, type RawFinding } from "../rule";
import { walk } from "../walk";
import { pathText } from "../words";

/**
 * A target is reached directly or through an intermediary, not both.
 *
 * Beside a path through an intermediary a direct link sends every change to the target twice, at two speeds.
 *
 * Example: `web1 -> ns1 -> ns2` and also `web1 -> ns2`.
 * Source: the guide's configuration with a primary nameserver.
 */
export const redundantLink = defineRule({
  id: "redundant-link",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G7"],
  source: "Guide to DNS Cluster Configurations, primary nameserver as intermediary",
  summary: "A direct feeding link beside a path through an intermediary.",
  consequence: "Every change arrives twice, and the slower copy only adds load.",
  example: "links web1 -> ns1, ns1 -> ns2 and web1 -> ns2",
  check(graph) {
    return [...graph.servers.keys()].flatMap((from) => redundantFrom(from, graph));
  },
});

function redundantFrom(from: string, graph: ClusterGraph): RawFinding[] {
  const passingOn = graph.walkFrom(from).reached.filter((name) => graph.fedFrom(name).length > 0);
  if (passingOn.length === 0) return [];
  return graph.fedFrom(from).flatMap((to) => {
    const detour = isFedByOther(from, to, graph) && detourPath(from, to, graph);
    if (!detour) return [];
    const problem = `${from} -> ${to} stands beside ${pathText(detour)}.`;
    return [
      aboutLink({ from, to }, problem, "Keep the direct link and remove the detour, or the other way round."),
    ];
  });
}

/** Whether another server on the way feeds the target too: only then can looking for a detour pay. */
function isFedByOther(from: string, to: string, { feedersOf, walkFrom }: ClusterGraph): boolean {
  const paths = walkFrom(from);
  return feedersOf(to).some((name) => paths.has(name));
}

/** The shortest path that does not use the direct link. */
function detourPath(from: string, to: string, { fedFrom }: ClusterGraph): string[] | undefined {
  const others = fedFrom(from).filter((name) => name !== to);
  const paths = walk([from], (name) => (name === from ? others : fedFrom(name)), to);
  return paths.has(to) ? paths.path(to) : undefined;
}
