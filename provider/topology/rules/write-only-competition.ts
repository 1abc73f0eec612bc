import type { ClusterGraph } from "../model/graph";
import { defineRule } from "../judge/rule";
import { listText } from "../report/words";

/**
 * Only one server, or servers that know each other's zones, write blindly to one target.
 *
 * Two write-only links lead to one nameserver, from servers that don't feed each other. A zone that exists on both is
 * then overwritten by the last writer, without any message.
 *
 * Example: `web1 -> ns1` and `web2 -> ns1`, both `write-only`.
 * Source: the guide's warning about the write-only role.
 */
export const writeOnlyCompetition = defineRule({
  id: "write-only-competition",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G3"],
  source: "Guide to DNS Cluster Configurations, warning about the write-only role",
  summary: "Write-only links into one target from servers of which neither feeds the other.",
  consequence: "A zone that exists on more than one of them is overwritten by whichever writes last.",
  example: "links web1 -> ns1 and web2 -> ns1, both write-only",
  check(graph) {
    return [...writersByTarget(graph)].flatMap(([target, writers]) => {
      const competing = competitors([...writers], graph);
      if (competing.length === 0) return [];
      const problem = `${listText(competing)} write to ${target} as write-only without feeding each other.`;
      return [
        {
          servers: [...competing, target],
          problem,
          fix: "Use the role sync for all of these links but one.",
        },
      ];
    });
  },
});

function writersByTarget({ feedingLinks }: ClusterGraph): Map<string, Set<string>> {
  const writers = new Map<string, Set<string>>();
  for (const { from, to, role } of feedingLinks) {
    if (role !== "write-only") continue;
    const known = writers.get(to.name) ?? new Set();
    writers.set(to.name, known.add(from.name));
  }
  return writers;
}

/** Lists the writers that are related by feeding to fewer than all others. Counts along walks, never pair by pair. */
function competitors(writers: readonly string[], { walkFrom }: ClusterGraph): string[] {
  const others = new Set(writers);
  const related = new Map(writers.map((name) => [name, new Set<string>()]));
  for (const name of writers) {
    for (const fed of walkFrom(name).reached.filter((reached) => others.has(reached))) {
      related.get(name)?.add(fed);
      related.get(fed)?.add(name);
    }
  }
  return writers.filter((name) => (related.get(name)?.size ?? 0) < writers.length - 1);
}
