import { aboutLink } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";
import { isBelow } from "../model/version";

/** The function that checks a trust came with version 11.84. */
const verifiableSince = 84;

/**
 * A trust can be checked on the server that gives it.
 *
 * `cluster_member_has_trust_with` came with version 11.84. An older peer can't be asked whether it trusts a server, so
 * a lost trust goes unnoticed.
 *
 * Example: a trust whose peer `ns1` runs 11.82.
 * Source: the guide on reverse trust, and the WHM API.
 */
export const trustVerifiable = defineRule({
  id: "trust-verifiable",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G9"],
  source: "Guide to DNS Cluster Configurations, reverse trust; WHM API 1, cluster_member_has_trust_with",
  summary: "A trust whose peer is older than 11.84 and cannot be asked about it.",
  consequence: "cluster_member_has_trust_with is missing there, so lost trust goes unnoticed.",
  example: 'trust { server: web1, peer: ns1 } where ns1 has version: "11.82.0.1"',
  check({ trusts, servers }) {
    return trusts.flatMap(({ server, peer }) => {
      const version = servers.get(peer)?.version;
      if (version === undefined || !isBelow(version, verifiableSince)) return [];
      const problem = `${peer} -> ${server} is a trust, and ${peer} runs version ${version}, older than 11.${verifiableSince}.`;
      return [
        aboutLink({ from: peer, to: server }, problem, `Upgrade ${peer} to 11.${verifiableSince} or later.`),
      ];
    });
  },
});
