import { z } from "zod";
import { riskChoices } from "./risks";
import { ruleOverrides } from "./rule-overrides";
import { declaredServer } from "./server";
import { clusterToken, link, trust, via } from "./topology";
import { ipAddress, lineOfText, serverName } from "./values";
import { proofChoice } from "./zone-proof";

/** Tokens of a cluster. Each server presents one token to another, so each pair belongs to one of them. */
const apiTokens = z
  .array(clusterToken.extend({ users: z.array(serverName).min(1, "must name at least one server") }))
  .superRefine((tokens, context) => {
    const seen = new Set<string>();
    tokens.forEach(({ server, users }, index) => {
      for (const user of users) {
        const pair = JSON.stringify([server, user]);
        if (seen.has(pair)) {
          const message = `${user} has a token of ${server} already`;
          context.addIssue({ code: "custom", path: [index, "users"], message });
        }
        seen.add(pair);
      }
    });
  });

/** The longer form of `tokens.rotate`. Its values may come from other resources. */
export const rotation = z.strictObject({
  fleet: z.unknown().optional(),
  servers: z.record(serverName, z.unknown()).optional(),
  tokens: z.record(lineOfText, z.unknown()).optional(),
});

/** Arguments of a `DnsCluster`, without credentials. */
export const dnsCluster = z.strictObject({
  servers: z.record(serverName, declaredServer),
  links: z.array(link),
  via: via.optional(),
  adopt: z.boolean().optional(),
  trusts: z.array(trust).optional(),
  trustedAddresses: z.record(serverName, z.array(ipAddress)).optional(),
  apiTokens: apiTokens.optional(),
  rules: ruleOverrides.optional(),
  ...riskChoices.shape,
  tokens: z
    .strictObject({
      expiresAt: z.unknown().optional(),
      renewBefore: z.unknown().optional(),
      keepOldFor: z.unknown().optional(),
      rotate: z.unknown().optional(),
    })
    .optional(),
  syncAfterChange: z.boolean().optional(),
  proof: proofChoice.optional(),
  guardDestroy: z.boolean().optional(),
});

export type DnsClusterDeclaration = z.output<typeof dnsCluster>;
