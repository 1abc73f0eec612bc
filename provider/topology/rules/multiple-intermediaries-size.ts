import { defineRule } from "../judge/rule";
import { countText } from "../report/words";

/**
 * A cluster with several intermediaries has at least two cPanel & WHM servers and two nameservers.
 *
 * The guide describes several intermediaries only for a cluster of that size. A smaller one has the load and the delay
 * without any gain. Two intermediaries are two nameservers, so those need no counting.
 *
 * Example: one web server before a chain of two intermediaries.
 * Source: the guide's configuration with multiple intermediaries.
 */
export const multipleIntermediariesSize = defineRule({
  id: "multiple-intermediaries-size",
  severity: "error",
  fixed: true,
  scope: "cluster",
  guide: ["G8"],
  source: "Guide to DNS Cluster Configurations, multiple intermediaries",
  summary: "Several intermediaries with fewer than two cpanel servers or fewer than two nameservers.",
  consequence: "So small a cluster bears the load of several intermediaries and gains nothing from them.",
  example: "one cpanel server with links web1 -> ns1, ns1 -> ns2 and ns2 -> ns3",
  check({ servers, intermediaries }) {
    const cpanelServers = [...servers.values()].filter(({ type }) => type === "cpanel");
    if (intermediaries.length <= 1 || cpanelServers.length >= 2) return [];
    const size = countText(cpanelServers.length, "cPanel & WHM server");
    const problem = `The cluster has ${intermediaries.length} intermediaries but only ${size}; two are needed.`;
    return [
      { servers: [...intermediaries], problem, fix: "Keep one intermediary at most, or link directly." },
    ];
  },
});
