import { defineRule } from "../judge/rule";

/**
 * At least one server of a cluster runs cPanel & WHM.
 *
 * Zones are made with accounts. A cluster of DNSOnly servers alone has nothing to share.
 *
 * Example: `ns1` and `ns2`, both `dnsonly`.
 * Source: the guide's requirements.
 */
export const cpanelPresent = defineRule({
  id: "cpanel-present",
  severity: "error",
  fixed: true,
  scope: "cluster",
  guide: ["G1"],
  source: "Guide to DNS Cluster Configurations, requirements",
  summary: "A cluster without a server of type cpanel.",
  consequence: "Zones are made on cPanel & WHM servers, so this cluster has none to share.",
  example: "servers: ns1 and ns2, both dnsonly",
  check({ servers }) {
    if ([...servers.values()].some((server) => server.type === "cpanel")) return [];
    const problem = "No server of the cluster runs cPanel & WHM.";
    return [
      {
        servers: [...servers.keys()],
        problem,
        fix: "Add the web server (type: cpanel) whose zones are to be shared.",
      },
    ];
  },
});
