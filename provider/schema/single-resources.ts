import { z } from "zod";
import { known } from "./known-part";
import { riskChoices } from "./risks";
import { role } from "./role";
import { ruleOverrides } from "./rule-overrides";
import { declaredServer } from "./server";
import { via } from "./topology";
import { serverName, userName } from "./values";

// What a program gives to the resources that it declares one by one. Values that may come from other resources are
// parsed again where they are known.

const later = z.unknown().optional();

/** Arguments of an `ApiToken`. */
export const apiTokenArgs = z.strictObject({
  server: serverName,
  acls: later,
  whitelistIps: later,
  expiresAt: later,
  renewBefore: later,
  tokenName: later,
  rotate: later,
  keepOldFor: later,
  users: later,
});

/** Arguments of a `DnsClusterMember`. */
export const memberArgs = z.strictObject({
  server: serverName,
  peer: serverName,
  role,
  via: via.default("address"),
  token: later,
  user: known(userName).optional(),
  adopt: later,
  enableClustering: later,
});

/** Arguments of a `ReverseTrust`. */
export const reverseTrustArgs = z.strictObject({
  server: serverName,
  peer: serverName,
  via: via.default("address"),
  token: later,
  user: known(userName).optional(),
  adopt: later,
});

/** Arguments of a `Provider`. */
export const providerArgs = z.strictObject({
  servers: z.record(serverName, declaredServer),
  rules: ruleOverrides.optional(),
  ...riskChoices.shape,
});
