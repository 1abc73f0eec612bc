import { shared } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";
import { canonicalAddress } from "../model/server";

/**
 * A trusted address appears once in a server's list.
 *
 * The list is a file of lines. Two resources that own one line undo each other: removing one also removes the trust of
 * the other.
 *
 * Example: `trustedAddresses: { web1: [192.0.2.53, 192.0.2.53] }`.
 * Source: the guide on trusted addresses, and the file that holds them.
 */
export const duplicateTrustedIp = defineRule({
  id: "duplicate-trusted-ip",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: ["G5"],
  source: "Guide to DNS Cluster Configurations, trusted addresses; /etc/ips.remotedns has a line for each",
  summary: "One address twice in the trusted addresses of one server.",
  consequence: "Both own one line of the same file, so removing one takes the other's trust away.",
  example: "trustedAddresses: { web1: [192.0.2.53, 192.0.2.53] }",
  check({ trustedAddresses }) {
    return [...(trustedAddresses ?? [])].flatMap(([name, addresses]) =>
      shared(addresses, canonicalAddress).map(([address]) => ({
        servers: [name],
        problem: `${address} is listed more than once for ${name}.`,
        fix: "List it once.",
      })),
    );
  },
});
