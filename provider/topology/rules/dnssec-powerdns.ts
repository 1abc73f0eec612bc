import { defineRule } from "../judge/rule";
import { listText } from "../report/words";

/**
 * If zones are signed, every member runs PowerDNS.
 *
 * Clusters share DNSSEC keys only between PowerDNS servers. A member with BIND serves the zone unsigned, and validating
 * resolvers reject its answers.
 *
 * Example: `web1` with `dnssec: true` beside `ns1` with `dnsServer: bind`.
 * Source: how WHM shares DNSSEC keys.
 */
export const dnssecPowerdns = defineRule({
  id: "dnssec-powerdns",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: [],
  source: "How WHM shares DNSSEC keys: between PowerDNS servers only",
  summary: "DNSSEC declared in a cluster with a member known not to run PowerDNS.",
  consequence:
    "That member serves signed zones without signatures, and validating resolvers reject its answers.",
  example: "web1 with dnssec: true beside ns1 with dnsServer: bind",
  check({ servers }) {
    const all = [...servers.values()];
    const signing = all.filter(({ dnssec }) => dnssec === true).map(({ name }) => name);
    if (signing.length === 0) return [];
    return all
      .filter(({ dnsServer }) => dnsServer === "bind" || dnsServer === "disabled")
      .map(({ name, dnsServer }) => ({
        servers: [name],
        problem: `${name} does not run PowerDNS (${dnsServer}), and DNSSEC is declared on ${listText(signing)}.`,
        fix: `Change ${name} to PowerDNS, or do without DNSSEC in this cluster.`,
      }));
  },
});
