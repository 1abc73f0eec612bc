import { defineRule } from "../judge/rule";
import { listText } from "../report/words";

/**
 * Zones go only to servers whose nameserver runs.
 *
 * A server with a disabled nameserver takes zones in and answers for none of them: WHM calls it a zone trap. The guide
 * expects nameservers to be configured before the cluster.
 *
 * Example: `web1 -> ns1` where `ns1` has `dnsServer: disabled`.
 * Source: the guide's requirements.
 */
export const nameserverDisabled = defineRule({
  id: "nameserver-disabled",
  severity: "error",
  fixed: false,
  scope: "cluster",
  guide: ["G1"],
  source: "Guide to DNS Cluster Configurations, requirements",
  summary: "A feeding link to a server whose nameserver is disabled.",
  consequence: "Zones sent there are trapped: stored, but never answered for.",
  example: "link web1 -> ns1 where ns1 has dnsServer: disabled",
  check({ servers, feedersOf }) {
    return [...servers.values()]
      .filter(({ name, dnsServer }) => dnsServer === "disabled" && feedersOf(name).length > 0)
      .map(({ name }) => ({
        servers: [name],
        problem: `${name} receives zones from ${listText(feedersOf(name))}, but its nameserver is disabled.`,
        fix: `Enable BIND or PowerDNS on ${name} and declare it, or remove the links to it.`,
      }));
  },
});
