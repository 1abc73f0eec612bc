import { defineRule } from "../judge/rule";
import { countText, listText } from "../report/words";

/**
 * A cluster has at least two servers.
 *
 * A single server shares its DNS records with nobody: when it is down, so is every name that it answers for.
 *
 * Example: a topology of `web1` and nothing else.
 * Source: the guide's requirements.
 */
export const twoServers = defineRule({
  id: "two-servers",
  severity: "error",
  fixed: true,
  scope: "cluster",
  guide: ["G1"],
  source: "Guide to DNS Cluster Configurations, requirements",
  summary: "A cluster of fewer than two servers.",
  consequence: "A server alone shares its DNS records with nobody, and they are gone when it is.",
  example: "servers: web1 alone",
  check({ servers, unlinked }) {
    if (servers.size >= 2) return [];
    const outside = unlinked.filter((name) => !servers.has(name));
    const size = countText(servers.size, "server");
    return [
      {
        servers: [...servers.keys()],
        problem: `The cluster has ${size}${outside.length > 0 ? `; nothing links it to ${listText(outside)}` : ""}.`,
        fix:
          outside.length > 0
            ? `Add a link to ${listText(outside)}.`
            : "Declare a second server, such as a nameserver, and link to it.",
      },
    ];
  },
});
