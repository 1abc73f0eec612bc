import { aboutLink, linkText } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";

/**
 * Web servers are not linked to each other.
 *
 * The guide recommends against it: each would carry the other's zones, answer for accounts that it doesn't host, and
 * refuse to make an account whose zone it already has. Users can relax the rule, for example for a migration.
 *
 * Example: `web1 -> web2` as `sync`.
 * Source: the guide's recommendation on links.
 */
export const webServerLink = defineRule({
  id: "web-server-link",
  severity: "error",
  fixed: false,
  scope: "cluster",
  guide: ["G4"],
  source: "Guide to DNS Cluster Configurations, recommendation on links",
  summary: "A feeding link between two web servers.",
  consequence:
    "Each comes to hold zones of accounts that the other hosts, and the two can overwrite each other's.",
  example: "link web1 -> web2 as sync",
  check({ feedingLinks }) {
    return feedingLinks
      .filter(({ from, to }) => !from.nameserver && !to.nameserver)
      .map(({ from, to, role }) => {
        const link = { from: from.name, to: to.name, role };
        return aboutLink(
          link,
          `${linkText(link)} links two web servers.`,
          `Link both to the nameservers instead; if ${to.name} hosts no accounts, declare it with nameserver: true.`,
        );
      });
  },
});
