import type { ClusterGraph } from "../model/graph";
import { defineRule, type RawFinding } from "../judge/rule";
import { canonicalAddress, visibleAddress } from "../model/server";
import { pathText } from "../report/words";

/**
 * A web server trusts the address of every nameserver that its zones reach.
 *
 * When a user adds a domain, the web server checks whether the domain's nameservers are its own. It knows those of the
 * cluster that answer it directly; every other address must be in `/etc/ips.remotedns`. The address is the one that the
 * world sees: the public one if given.
 *
 * Example: `web1 -> ns1` and an empty list for `web1`.
 * Source: the guide on trusted addresses.
 */
export const trustedIp = defineRule({
  id: "trusted-ip",
  severity: "error",
  fixed: false,
  scope: "cluster",
  guide: ["G5"],
  source: "Guide to DNS Cluster Configurations, trusted addresses",
  summary: "A nameserver on a web server's feeding paths whose address the web server does not trust.",
  consequence: "Its users may be unable to add addon and parked domains that use this nameserver.",
  example: "link web1 -> ns1 with trustedAddresses: { web1: [] }",
  check(graph) {
    const { trustedAddresses } = graph;
    if (!trustedAddresses) return [];
    return graph.webServers.flatMap(({ name }) =>
      untrusted(graph, name, new Set((trustedAddresses.get(name) ?? []).map(canonicalAddress))),
    );
  },
});

function untrusted(graph: ClusterGraph, webServer: string, trusted: ReadonlySet<string>): RawFinding[] {
  const paths = graph.walkFrom(webServer);
  return paths.reached.flatMap((name) => {
    const server = graph.servers.get(name);
    const address = server?.nameserver ? visibleAddress(server) : undefined;
    if (address === undefined || trusted.has(canonicalAddress(address))) return [];
    const path = pathText(paths.ends(name), paths.length(name));
    const problem = `${webServer} does not trust ${address}, the address of ${name} (${path}).`;
    const fix = `Add ${address} to trustedAddresses.${webServer}, or leave trustedAddresses out to have them derived.`;
    return [{ servers: [webServer, name], problem, fix }];
  });
}
