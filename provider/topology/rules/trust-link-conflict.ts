import { aboutLink, linkText } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";

/**
 * A trust and a link in the other direction agree, because they are one entry on one server.
 *
 * Trust in A makes B store an entry for A with the role standalone. A link B -> A with another role is the same file
 * with different content.
 *
 * Example: `web1` trusts `ns1` and also links `web1 -> ns1` as `sync`.
 * Source: the guide on reverse trust, and WHM's member files.
 */
export const trustLinkConflict = defineRule({
  id: "trust-link-conflict",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: ["G9"],
  source: "Guide to DNS Cluster Configurations, reverse trust; how WHM stores members",
  summary: "A trust and a link that are the same entry with different roles.",
  consequence: "Both are one entry in one file, so one of the two silently undoes the other.",
  example: "trust { server: ns1, peer: web1 } beside link web1 -> ns1 as sync",
  check({ trusts, links }) {
    const trusted = new Set(trusts.map(({ server, peer }) => `${peer}\0${server}`));
    return links
      .filter(({ from, to, role }) => role !== "standalone" && trusted.has(`${from}\0${to}`))
      .map((link) =>
        aboutLink(
          link,
          `${linkText(link)} is declared as a trust (standalone) as well.`,
          "Remove the trust (the link already lets the server in), or the link if nothing is to be sent.",
        ),
      );
  },
});
