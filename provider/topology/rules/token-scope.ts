import type { ClusterToken } from "../../schema/topology";
import type { ClusterGraph } from "../model/graph";
import { tokenText } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";
import { addressesOf, canonicalEntry } from "../model/server";
import { listText } from "../report/words";

/**
 * A cluster token can do what the cluster needs and no more.
 *
 * The token is in a file on another server. A stolen one with `clustering` alone, pinned to the addresses that use it,
 * opens little. With more, the loss of one server is the loss of all.
 *
 * Example: a token of `ns1` with `acls: [all]`, accepted from anywhere.
 * Source: the guide on tokens for reverse trust.
 */
export const tokenScope = defineRule({
  id: "token-scope",
  severity: "warning",
  fixed: false,
  scope: "everything",
  guide: ["G9"],
  source: "Guide to DNS Cluster Configurations, API tokens for reverse trust",
  summary: "A cluster token with more than clustering, or not pinned to the addresses that use it.",
  consequence: "Whoever steals it from one server can do more than DNS, or use it from elsewhere.",
  example: "a token of ns1 with acls: [all] and no whitelistIps",
  check(graph) {
    const usersOf = declaredUsers(graph);
    return (graph.tokens ?? []).flatMap((token) => {
      const faults = [
        ...extraPrivileges(token),
        ...unpinned(token, addresses(token.users ?? usersOf.get(token.server) ?? [], graph)),
      ];
      if (faults.length === 0) return [];
      const servers = [token.server, ...(token.users ?? [])];
      const fix = "Give it clustering alone, and in whitelistIps the addresses of the servers that use it.";
      return [{ servers, problem: `${tokenText(token)} ${listText(faults)}.`, fix }];
    });
  },
});

/** Returns who presents the tokens of each server, according to links and trusts. */
function declaredUsers({ links, trusts }: ClusterGraph): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { from, to } of [...links, ...trusts.map(({ server, peer }) => ({ from: peer, to: server }))]) {
    const known = users.get(to) ?? [];
    users.set(to, known);
    known.push(from);
  }
  return users;
}

function addresses(users: readonly string[], { servers }: ClusterGraph): ReadonlySet<string> {
  return new Set(users.flatMap((name) => addressesOf(servers.get(name) ?? { name, ...nobody })));
}

const nobody = { type: "cpanel", nameserver: false, intermediary: false } as const;

function extraPrivileges({ acls = ["clustering"] }: ClusterToken): string[] {
  const extra = acls.filter((acl) => acl !== "clustering");
  return extra.length > 0 ? [`may do more than clustering (${extra.join(", ")})`] : [];
}

function unpinned({ whitelistIps = [] }: ClusterToken, used: ReadonlySet<string>): string[] {
  if (whitelistIps.length === 0) return ["is accepted from any address"];
  const foreign = whitelistIps.filter((entry) => !used.has(canonicalEntry(entry)));
  return foreign.length > 0 ? [`is accepted from ${listText(foreign)}, where no server that uses it is`] : [];
}
