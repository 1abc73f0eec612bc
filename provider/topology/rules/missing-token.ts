import type { ClusterToken } from "../../schema/topology";
import type { ClusterGraph } from "../model/graph";
import { aboutLink } from "../judge/raw-findings";
import { defineRule, type LinkEnds } from "../judge/rule";

/**
 * Every link and trust has a token of the server that it opens.
 *
 * The entry that one server stores about another holds a token of that other. Without one there is nothing to store.
 * A token without users may be used by any server.
 *
 * Example: `web1 -> ns1` with `apiTokens: []`.
 * Source: the guide on adding a nameserver and on reverse trust.
 */
export const missingToken = defineRule({
  id: "missing-token",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: ["G6", "G9"],
  source: "Guide to DNS Cluster Configurations, direct links and reverse trust",
  summary: "A link or trust without a token of the server that it opens.",
  consequence: "Without a token the server at the other end refuses every call.",
  example: "link web1 -> ns1 with apiTokens: []",
  check(graph) {
    if (!graph.tokens) return [];
    const usersOf = tokenUsers(graph.tokens);
    return entries(graph)
      .filter(({ from, to }) => from !== to && graph.servers.has(from) && graph.servers.has(to))
      .filter(({ from, to }) => !usersOf.get(to)?.has(from) && !usersOf.get(to)?.has(anyServer))
      .map(({ from, to }) =>
        aboutLink(
          { from, to },
          `${from} -> ${to} needs a token of ${to}, and none is declared for ${from}.`,
          `Declare a token { server: ${to}, users: [${from}] }, or leave apiTokens out to have them derived.`,
        ),
      );
  },
});

/** Stands for any user; no server can have an empty name. */
const anyServer = "";

function entries({ links, trusts }: ClusterGraph): LinkEnds[] {
  return [...links, ...trusts.map(({ server, peer }) => ({ from: peer, to: server }))];
}

function tokenUsers(tokens: readonly ClusterToken[]): Map<string, Set<string>> {
  const usersOf = new Map<string, Set<string>>();
  for (const { server, users = [anyServer] } of tokens) {
    const known = usersOf.get(server) ?? new Set();
    usersOf.set(server, known);
    for (const user of users) known.add(user);
  }
  return usersOf;
}
