import { z } from "zod";
import { ruleOverrides } from "./rule-overrides";
import { declaredServer } from "./server";
import { link, trust, via } from "./topology";
import { ipAddress, serverName } from "./values";

/** Arguments of a `DnsCluster`, without credentials. */
export const dnsCluster = z.strictObject({
  servers: z.record(serverName, declaredServer),
  links: z.array(link),
  via: via.optional(),
  adopt: z.boolean().optional(),
  trusts: z.array(trust).optional(),
  trustedAddresses: z.record(serverName, z.array(ipAddress)).optional(),
  rules: ruleOverrides.optional(),
  tokens: z.strictObject({ expiresAt: z.unknown().optional(), rotate: z.unknown().optional() }).optional(),
  syncAfterChange: z.boolean().optional(),
});

export type DnsClusterDeclaration = z.output<typeof dnsCluster>;
