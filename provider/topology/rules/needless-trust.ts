import type { ClusterGraph } from "../model/graph";
import { aboutLink } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";

/**
 * Trust is given only where it is needed.
 *
 * DNSOnly servers and write-only links work without reverse trust. Each needless trust is one more token that opens one
 * server and is kept on another.
 *
 * Example: `web1 -> ns1` where `ns1` runs DNSOnly, and a trust `{ server: web1, peer: ns1 }`.
 * Source: the guide on reverse trust.
 */
export const needlessTrust = defineRule({
  id: "needless-trust",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G9"],
  source: "Guide to DNS Cluster Configurations, reverse trust",
  summary: "A trust that is not needed: an end runs DNSOnly, or the link is write-only.",
  consequence: "It keeps a token that opens one server on another, for no use.",
  example: "trust { server: web1, peer: ns1 } where ns1 is dnsonly",
  check(graph) {
    return graph.trusts.flatMap(({ server, peer }) => {
      const why = whyNeedless(server, peer, graph);
      if (!why) return [];
      const problem = `${peer} -> ${server} is a trust that is not needed, because ${why}.`;
      return [
        aboutLink(
          { from: peer, to: server },
          problem,
          `Remove the trust { server: ${server}, peer: ${peer} }.`,
        ),
      ];
    });
  },
});

function whyNeedless(server: string, peer: string, { servers, entry }: ClusterGraph): string | undefined {
  const dnsOnly = [server, peer].find((name) => servers.get(name)?.type === "dnsonly");
  if (dnsOnly !== undefined) return `${dnsOnly} runs DNSOnly`;
  return entry(server, peer) === "write-only" ? `the link ${server} -> ${peer} is write-only` : undefined;
}
