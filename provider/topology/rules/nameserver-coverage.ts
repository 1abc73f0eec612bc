import { defineRule } from "../judge/rule";
import { countText, listText } from "../report/words";

/**
 * A web server's zones reach every nameserver of its cluster.
 *
 * In the guide's best configuration each web server is linked to each nameserver. A nameserver without some zones
 * answers for only part of the accounts. Web servers that reach no nameserver at all are left to `web-server-fed`.
 *
 * Example: `web1 -> ns1`, `web2 -> ns1` and `web2 -> ns2`: `web1` misses `ns2`.
 * Source: the guide's configuration with direct links.
 */
export const nameserverCoverage = defineRule({
  id: "nameserver-coverage",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G6"],
  source: "Guide to DNS Cluster Configurations, direct links",
  summary: "A web server whose feeding paths miss a nameserver of its cluster.",
  consequence: "Names of its accounts do not resolve on the nameservers that are missed.",
  example: "web1 -> ns1, web2 -> ns1, web2 -> ns2: web1 misses ns2",
  check({ webServers, nameservers, walkFrom }) {
    return webServers.flatMap(({ name }) => {
      const paths = walkFrom(name);
      const missed = nameservers
        .filter((nameserver) => !paths.has(nameserver.name))
        .map((server) => server.name);
      if (missed.length === 0 || missed.length === nameservers.length) return [];
      const problem = `${name} has no feeding path to ${countText(missed.length, "nameserver")} of its cluster: ${listText(missed)}.`;
      return [
        {
          servers: [name, ...missed],
          problem,
          fix: `Link ${name} to ${listText(missed)}, or put what it does not need in another cluster.`,
        },
      ];
    });
  },
});
