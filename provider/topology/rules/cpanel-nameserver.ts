import { defineRule } from "../judge/rule";
import { listText } from "../report/words";

/**
 * A cPanel & WHM server that others feed holds their zones beside its own.
 *
 * An account made there for a domain that another server hosts replaces that domain's live zone. DNSOnly can't host
 * accounts, so this can't happen there.
 *
 * Example: `web1 -> ns1` where `ns1` is `type: cpanel` with `nameserver: true`.
 * Source: the guide's note on needless zones and its recommendation on links.
 */
export const cpanelNameserver = defineRule({
  id: "cpanel-nameserver",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G2", "G4"],
  source: "Guide to DNS Cluster Configurations, note on synchronising back and recommendation on links",
  summary: "A cpanel server that others feed.",
  consequence: "An account made there for a domain of another server replaces that domain's live zone.",
  example: "link web1 -> ns1 where ns1 is type: cpanel with nameserver: true",
  check({ servers, feedersOf }) {
    return [...servers.values()]
      .filter(({ name, type }) => type === "cpanel" && feedersOf(name).length > 0)
      .map(({ name }) => ({
        servers: [name],
        problem: `${name} runs cPanel & WHM and receives zones from ${listText(feedersOf(name))}.`,
        fix: "Host no accounts on it, or use a DNSOnly server in its place.",
      }));
  },
});
