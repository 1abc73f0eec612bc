import { defineRule } from "../judge/rule";

/**
 * Every declared server ends a link or a trust.
 *
 * For a server without either, a link was probably forgotten: it is declared, but no zone ever gets there. The other
 * rules don't count it as part of the cluster, so that a server can leave in two steps: first its links, then the
 * server. Only if nothing at all is linked do they judge all servers.
 *
 * Example: `ns2` beside `web1 -> ns1`.
 * Source: the guide's configuration with direct links.
 */
export const unlinkedServer = defineRule({
  id: "unlinked-server",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G6"],
  source: "Guide to DNS Cluster Configurations, direct links",
  summary: "A declared server that ends no link and no trust; the other rules leave it out of the cluster.",
  consequence: "A link that was forgotten goes unnoticed: the server shares no zones and answers for none.",
  example: "ns2 beside web1 -> ns1",
  check({ unlinked }) {
    return unlinked.map((name) => ({
      servers: [name],
      problem: `Nothing flows to or from ${name}.`,
      fix: "Add a link or remove it.",
    }));
  },
});
