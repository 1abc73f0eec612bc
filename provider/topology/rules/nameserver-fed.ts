import { defineRule } from "../judge/rule";
import { walk } from "../model/walk";

/**
 * Every nameserver is fed by a web server, directly or through an intermediary.
 *
 * A nameserver without zones answers for none: if it is registered for a domain, part of all queries fails. One without
 * any link or trust is outside the cluster and left to `unlinked-server`.
 *
 * Example: `web1 -> ns2` as `standalone` beside `web1 -> ns1`.
 * Source: the guide's requirements and its configuration with direct links.
 */
export const nameserverFed = defineRule({
  id: "nameserver-fed",
  severity: "error",
  fixed: false,
  scope: "cluster",
  guide: ["G1", "G6"],
  source: "Guide to DNS Cluster Configurations, requirements and direct links",
  summary: "A nameserver that is linked, and that no feeding path from a web server reaches.",
  consequence: "It gets no zones, so queries that arrive there fail.",
  example: "web1 -> ns2 as standalone beside web1 -> ns1 as sync",
  check({ webServers, nameservers, fedFrom }) {
    const fed = new Set(
      walk(
        webServers.map(({ name }) => name),
        fedFrom,
      ),
    );
    return nameservers
      .filter(({ name }) => !fed.has(name))
      .map(({ name }) => ({
        servers: [name],
        problem: `No feeding path from a web server leads to ${name}.`,
        fix: `Link each web server to ${name} with the role sync.`,
      }));
  },
});
