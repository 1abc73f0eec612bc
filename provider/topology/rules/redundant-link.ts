import { detoursFrom } from "../detours";
import type { ClusterGraph } from "../model/graph";
import { aboutLink } from "../judge/raw-findings";
import { defineRule, type RawFinding } from "../judge/rule";
import { pathText } from "../report/words";

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
  return detoursFrom(graph.network, from).map(([to, detour]) => {
    const problem = `${from} -> ${to} stands beside ${pathText(detour)}.`;
    return aboutLink(
      { from, to },
      problem,
      "Keep the direct link and remove the detour, or the other way round.",
    );
  });
}
