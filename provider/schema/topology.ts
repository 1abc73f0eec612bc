import { z } from "zod";
import { drain } from "./drain";
import { riskChoices } from "./risks";
import { role } from "./role";
import { ruleOverrides } from "./rule-overrides";
import { plainServer } from "./server";
import { expiry, ipAddress, ipAddressOrNetwork, lineOfText, serverName } from "./values";
import { proofChoice } from "./zone-proof";
import { parse } from "./parse";

/** Which address of a server another one stores: its main one, or the one under which it is seen from outside (NAT). */
export const via = z.enum(["address", "publicAddress"], "must be address or publicAddress");

/** `from` stores `to` as a member of its cluster with this role. */
export const link = z.strictObject({
  /** Name of the server that stores the link. */
  from: serverName,
  /** Name of the server that the link leads to. */
  to: serverName,
  /** What `from` does with `to`. */
  role,
  /** Which address of `to` is stored. @default the cluster's `via` */
  via: via.optional(),
  /** Takes the link out for a while: it is stored as standalone. @default in service */
  drain: drain.optional(),
});

/** `peer` holds an entry for `server`, with a token of `server`; `server` is trusted. */
export const trust = z.strictObject({
  /** Name of the trusted server. */
  server: serverName,
  /** Name of the server that holds the entry. */
  peer: serverName,
  /** Which address of `server` is stored. @default the cluster's `via` */
  via: via.optional(),
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
  /** Time at which the token expires. @default never */
  expiresAt: expiry.optional(),
});

/** A whole cluster, as a file holds it and as the rules judge it. */
export const topology = z.strictObject({
  /** Servers by name. */
  servers: z.record(serverName, plainServer),
  /** Links: which server stores which. @default none */
  links: z.array(link).default([]),
  /**
   * Which of a server's addresses other servers store, where it has such an address.
   * @default the public address of a server that has one, where the storing server has none; else the main one
   */
  via: via.optional(),
  /** Reverse trusts. @default exactly those that cPanel's guide requires */
  trusts: z.array(trust).optional(),
  /** Addresses in `/etc/ips.remotedns` of each server. @default exactly those that cPanel's guide requires */
  trustedAddresses: z.record(serverName, z.array(ipAddress)).optional(),
  /** API tokens. @default one for each link and trust, with `clustering` alone, pinned to the server that uses it */
  apiTokens: z.array(clusterToken).optional(),
  /** Overrides of rules by id, each with a reason. @default none */
  rules: ruleOverrides.optional(),
  ...riskChoices.shape,
  /** Whether a run looks at the servers again after its last write, and how. No rule reads it. @default true */
  proof: proofChoice.optional(),
  /** Whether the deletion of the cluster is refused. No rule reads it. @default false */
  guardDestroy: z.boolean().optional(),
});

/** Which address of a server others store: its main one, or the one under which it is seen from outside (NAT). @useDeclaredType */
export type Via = z.output<typeof via>;
/** `from` stores `to` as a member of its cluster with this role. */
export interface Link extends z.output<typeof link> {}
/** `peer` holds an entry for `server`, with a token of `server`; `server` is trusted. */
export interface Trust extends z.output<typeof trust> {}
/** A token of `server` that `users` present to it. */
export interface ClusterToken extends z.output<typeof clusterToken> {}
/** A whole cluster as the rules judge it, with roles shortened to WHM's words. */
export interface Topology extends z.output<typeof topology> {}
/** A topology as written by hand, before roles are shortened and defaults filled in. */
export interface TopologyInput extends z.input<typeof topology> {}

/**
 * Parses a topology from the contents of a YAML or JSON file.
 *
 * @throws MalformedError with every field that is not as expected
 */
export function parseTopology(value: unknown): Topology {
  return parse(topology, value, "The topology");
}
