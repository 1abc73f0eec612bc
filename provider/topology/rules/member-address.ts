import type { ClusterGraph } from "../model/graph";
import type { Via } from "../../schema/topology";
import { defineRule, type RawFinding } from "../judge/rule";
import { isIpv4 } from "../model/server";
import { viaOfLink, viaOfTrust } from "../model/via";
import { listText } from "../report/words";

/**
 * Every server that another one stores has an IPv4 address.
 *
 * WHM keeps a member in a file named after its IPv4 address and resolves host names only to IPv4. A server without such
 * an address can't be a member or be trusted.
 *
 * Example: a link to `ns1`, which is declared with 2001:db8::53 only.
 * Source: WHM's member files.
 */
export const memberAddress = defineRule({
  id: "member-address",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: [],
  source: "How WHM stores members: one file for each IPv4 address",
  summary: "The target of a link, or a trusted server, without an IPv4 address.",
  consequence: "WHM stores members by IPv4 address, so there is no entry to write.",
  example: "link web1 -> ns1 where ns1 has no address",
  check(graph) {
    return (["address", "publicAddress"] as const).flatMap((via) => findingsOn(graph, via));
  },
});

const kinds = { address: "IPv4 address", publicAddress: "public IPv4 address" };

function findingsOn(graph: ClusterGraph, via: Via): RawFinding[] {
  return [...holdersByMember(graph, via)].flatMap(([name, holders]) => {
    const server = graph.servers.get(name);
    if (!server || isIpv4(server[via])) return [];
    const problem = `${name} has no ${kinds[via]}, but ${listText([...new Set(holders)])} must store one for it.`;
    return [{ servers: [name], problem, fix: `Give servers.${name}.${via} an IPv4 address.` }];
  });
}

function holdersByMember({ links, trusts, servers }: ClusterGraph, via: Via): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  const entries = [
    ...links.filter((link) => viaOfLink(link, servers) === via),
    ...trusts
      .filter((trust) => viaOfTrust(trust, servers) === via)
      .map(({ server, peer }) => ({ from: peer, to: server })),
  ];
  for (const { from, to } of entries) {
    const known = holders.get(to) ?? [];
    holders.set(to, known);
    known.push(from);
  }
  return holders;
}
