import { defineRule } from "../judge/rule";
import { listText } from "../report/words";

/**
 * A cluster has at most one intermediary.
 *
 * The guide doesn't recommend several, chained or side by side: each raises the load on all of them and slows updates
 * down. Users who accept that can relax the rule.
 *
 * Example: `web1 -> ns1 -> ns2 -> ns3`.
 * Source: the guide's configuration with multiple intermediaries.
 */
export const singleIntermediary = defineRule({
  id: "single-intermediary",
  severity: "error",
  fixed: false,
  scope: "cluster",
  guide: ["G8"],
  source: "Guide to DNS Cluster Configurations, multiple intermediaries",
  summary: "More than one intermediary in a cluster, chained or side by side.",
  consequence: "Each intermediary raises the load on the cluster and slows its updates.",
  example: "links web1 -> ns1, ns1 -> ns2 and ns2 -> ns3",
  check({ intermediaries }) {
    if (intermediaries.length <= 1) return [];
    const problem = `${listText(intermediaries)} are ${intermediaries.length} intermediaries in one cluster.`;
    const fix = "Link the web servers to the nameservers directly, or keep one primary nameserver.";
    return [{ servers: [...intermediaries], problem, fix }];
  },
});
