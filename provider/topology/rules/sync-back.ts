import { aboutLink, linkText } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";

/**
 * No nameserver sends zones to a web server.
 *
 * The guide marks this as important: the web server would get zones of accounts that it doesn't host, made by every
 * other web server of the cluster. A nameserver here is any server that hosts no accounts, DNSOnly or not.
 *
 * Example: `ns1 -> web1` as `sync`.
 * Source: the guide's note on nameservers that synchronise back.
 */
export const syncBack = defineRule({
  id: "sync-back",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: ["G2"],
  source: "Guide to DNS Cluster Configurations, note on synchronising back to web servers",
  summary: "A feeding link from a nameserver to a web server.",
  consequence:
    "It creates needless zones of other servers' accounts on the web server, where they can shadow its own.",
  example: "link ns1 -> web1 as sync",
  check({ feedingLinks }) {
    return feedingLinks
      .filter(({ from, to }) => from.nameserver && !to.nameserver)
      .map(({ from, to, role }) => {
        const link = { from: from.name, to: to.name, role };
        const problem = `${linkText(link)} sends zones from a nameserver back to a web server.`;
        return aboutLink(link, problem, "Remove the link, or make it standalone if only trust is wanted.");
      });
  },
});
