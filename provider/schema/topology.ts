import { z } from "zod";
import { role } from "./role";
import { ruleOverrides } from "./rule-overrides";
import { plainServer } from "./server";
import { ipAddress, ipAddressOrNetwork, lineOfText, serverName } from "./values";

/** `from` stores `to` as a member of its cluster with this role. */
export const link = z.strictObject({ from: serverName, to: serverName, role });

/** `peer` holds an entry for `server`, with a token of `server`: `server` is the trusted one. */
export const trust = z.strictObject({ server: serverName, peer: serverName });

/** A token of `server` that `users` present to it. */
export const clusterToken = z.strictObject({
  server: serverName,
  /** Servers that store the token. @default any */
  users: z.array(serverName).optional(),
  /** Privileges. @default ["clustering"] */
  acls: z.array(lineOfText).optional(),
  /** Addresses and networks from which the token is accepted. @default any */
  whitelistIps: z.array(ipAddressOrNetwork).optional(),
});

/** A whole cluster, as a file holds it and as the rules judge it. */
export const topology = z.strictObject({
  servers: z.record(serverName, plainServer),
  links: z.array(link).default([]),
  /** @default exactly the trusts that the guide needs */
  trusts: z.array(trust).optional(),
  /** Addresses in `/etc/ips.remotedns` of each server. @default exactly those that the guide needs */
  trustedAddresses: z.record(serverName, z.array(ipAddress)).optional(),
  /** @default one for each link and trust, with `clustering` alone, pinned to the server that uses it */
  apiTokens: z.array(clusterToken).optional(),
  rules: ruleOverrides.optional(),
});

export type Link = z.output<typeof link>;
export type Trust = z.output<typeof trust>;
export type ClusterToken = z.output<typeof clusterToken>;
export type Topology = z.output<typeof topology>;
/** A topology as written by hand, before roles are shortened and defaults filled in. */
export type TopologyInput = z.input<typeof topology>;
