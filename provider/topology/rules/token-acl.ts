import { tokenText } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";

/**
 * A cluster token has the privilege `clustering`.
 *
 * WHM accepts the token when it is stored and refuses it when it is used. An empty list doesn't help: to WHM it means
 * every privilege.
 *
 * Example: a token of `ns1` with `acls: [create-dns]`.
 * Source: the guide on tokens for reverse trust.
 */
export const tokenAcl = defineRule({
  id: "token-acl",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: ["G9"],
  source: "Guide to DNS Cluster Configurations, API tokens for reverse trust",
  summary: "A cluster token without the privilege clustering (or all).",
  consequence: "WHM stores such a token without complaint and refuses it at every use, so no zone moves.",
  example: "a token of ns1 with acls: [create-dns]",
  check({ tokens }) {
    return (tokens ?? [])
      .filter(({ acls = ["clustering"] }) => !acls.includes("clustering") && !acls.includes("all"))
      .map((token) => ({
        servers: [token.server, ...(token.users ?? [])],
        problem: `${tokenText(token)} lacks the privilege clustering.`,
        fix: "Set acls: [clustering], or leave acls out.",
      }));
  },
});
