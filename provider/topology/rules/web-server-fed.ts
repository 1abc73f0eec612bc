import { defineRule } from "../judge/rule";
import { walk } from "../model/walk";

/**
 * Every web server sends its zones to a nameserver, directly or through an intermediary.
 *
 * A web server whose zones reach no nameserver might as well not be in the cluster: nobody answers for its names.
 *
 * Example: `web2 -> ns1` as `standalone` beside `web1 -> ns1`.
 * Source: the guide's configuration with direct links.
 */
export const webServerFed = defineRule({
  id: "web-server-fed",
  severity: "error",
  fixed: false,
  scope: "cluster",
  guide: ["G6"],
  source: "Guide to DNS Cluster Configurations, direct links",
  summary: "A web server without a feeding path to any nameserver.",
  consequence: "Its zones reach no nameserver, so the names of its accounts do not resolve there.",
  example: "web2 -> ns1 as standalone beside web1 -> ns1 as sync",
  check({ webServers, nameservers, feedersOf }) {
    const reaching = new Set(
      walk(
        nameservers.map(({ name }) => name),
        feedersOf,
      ),
    );
    return webServers
      .filter(({ name }) => !reaching.has(name))
      .map(({ name }) => ({
        servers: [name],
        problem: `${name} has no feeding path to a nameserver.`,
        fix: `Link ${name} to each nameserver with the role sync; if it hosts no accounts, set nameserver: true.`,
      }));
  },
});
