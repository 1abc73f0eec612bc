import { z } from "zod";
import { role } from "./role";
import { ruleOverrides } from "./rule-overrides";
import { plainServer } from "./server";
import { ipAddress, ipAddressOrNetwork, lineOfText, serverName } from "./values";

/** `from` stores `to` as a member of its cluster with this role. */
export const link = z.strictObject({
  /** Name of the server that stores the link. */
  from: serverName,
  /** Name of the server that it links to. */
  to: serverName,
  /** What `from` does with `to`. */
  role,
});

/** `peer` holds an entry for `server`, with a token of `server`: `server` is the trusted one. */
export const trust = z.strictObject({
  /** Name of the trusted server. */
  server: serverName,
  /** Name of the server that holds the entry. */
  peer: serverName,
});

/** A token of `server` that `users` present to it. */
export const clusterToken = z.strictObject({
  /** Name of the server that the token opens. */
  server: serverName,
  /** Names of the servers that store the token. @default any */
  users: z.array(serverName).optional(),
  /** Privileges. @default ["clustering"] */
  acls: z.array(lineOfText).optional(),
  /** Addresses and networks from which the token is accepted. @default any */
  whitelistIps: z.array(ipAddressOrNetwork).optional(),
});

/** A whole cluster, as a file holds it and as the rules judge it. */
export const topology = z.strictObject({
  /** Servers by name. */
  servers: z.record(serverName, plainServer),
  /** Which server stores which. @default none */
  links: z.array(link).default([]),
  /** Reverse trusts. @default exactly those that the guide needs */
  trusts: z.array(trust).optional(),
  /** Addresses in `/etc/ips.remotedns` of each server. @default exactly those that the guide needs */
  trustedAddresses: z.record(serverName, z.array(ipAddress)).optional(),
  /** API tokens. @default one for each link and trust, with `clustering` alone, pinned to the server that uses it */
  apiTokens: z.array(clusterToken).optional(),
  /** Overrides of rules by id, each with a reason. @default none */
  rules: ruleOverrides.optional(),
});

/** `from` stores `to` as a member of its cluster with this role. */
export interface Link extends z.output<typeof link> {}
/** `peer` holds an entry for `server`, with a token of `server`: `server` is the trusted one. */
export interface Trust extends z.output<typeof trust> {}
/** A token of `server` that `users` present to it. */
export interface ClusterToken extends z.output<typeof clusterToken> {}
/** A whole cluster as the rules judge it: roles shortened to WHM's words. */
export interface Topology extends z.output<typeof topology> {}
/** A topology as written by hand, before roles are shortened and defaults filled in. */
export interface TopologyInput extends z.input<typeof topology> {}
