import { aboutLink, linkText } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";

/**
 * Nameservers are not linked to each other, except from one that is declared an intermediary.
 *
 * Each nameserver in between makes transfers about three times slower and is one more place where zones can get
 * stuck. The primary nameserver of the guide's second configuration has `intermediary: true`.
 *
 * Example: `ns1 -> ns2` where `ns1` is not declared an intermediary.
 * Source: the guide's recommendation on links, and its configuration with a primary nameserver.
 */
export const nameserverLink = defineRule({
  id: "nameserver-link",
  severity: "error",
  fixed: false,
  scope: "cluster",
  guide: ["G4", "G7"],
  source: "Guide to DNS Cluster Configurations, recommendation on links; primary nameserver as intermediary",
  summary: "A feeding link between nameservers whose source is not declared an intermediary.",
  consequence:
    "Zones take a detour that nobody planned: slower by a factor of three, and down when the server between is.",
  example: "link ns1 -> ns2 without intermediary: true on ns1",
  check({ feedingLinks }) {
    return feedingLinks
      .filter(({ from, to }) => from.nameserver && to.nameserver && !from.intermediary)
      .map(({ from, to, role }) => {
        const link = { from: from.name, to: to.name, role };
        return aboutLink(
          link,
          `${linkText(link)} links two nameservers, and ${from.name} is not declared an intermediary.`,
          `Link the web servers to ${to.name} directly, or set intermediary: true on ${from.name} if it is meant to pass zones on.`,
        );
      });
  },
});
