import { needsReverseTrust } from "../model/needed-trusts";
import { aboutLink, linkText } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";

/**
 * Two cPanel & WHM servers trust each other if one synchronises to the other.
 *
 * The target must be able to send and check records back, so it stores an entry for the source: a trust, or a link of
 * its own in any role. DNSOnly servers and write-only links don't need it.
 *
 * Example: `web1 -> ns1` as `sync` where `ns1` runs cPanel & WHM, and no trust `{ server: web1, peer: ns1 }`.
 * Source: the guide on reverse trust.
 */
export const reverseTrust = defineRule({
  id: "reverse-trust",
  severity: "error",
  fixed: false,
  scope: "cluster",
  guide: ["G9"],
  source: "Guide to DNS Cluster Configurations, reverse trust",
  summary: "A sync link between cPanel & WHM servers whose target holds no entry for its source.",
  consequence: "The target cannot send or check records back, so the two come to hold different zones.",
  example: "link web1 -> ns1 (both cpanel) as sync, with trusts: []",
  check({ servers, links, entry }) {
    return links
      .filter((link) => needsReverseTrust(link, servers) && entry(link.to, link.from) === undefined)
      .map((link) =>
        aboutLink(
          link,
          `${linkText(link)} needs reverse trust, but ${link.to} holds no entry for ${link.from}.`,
          `Add the trust { server: ${link.from}, peer: ${link.to} }, or leave trusts out to have them derived.`,
        ),
      );
  },
});
