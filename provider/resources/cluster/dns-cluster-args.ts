import type * as pulumi from "../sdk";
import type { Role } from "../../schema/role";
import type { RuleOverrides } from "../../schema/rule-overrides";
import type { Trust, Via } from "../../schema/topology";
import type { ServerArgs } from "../server-args";

/** A link between two servers of a cluster: one {@link DnsClusterMember}. */
export interface LinkArgs {
  /** Name of the server that stores the link. A change makes another member and removes this one. */
  from: string;
  /** Name of the server that it links to. A change makes another member and removes this one. */
  to: string;
  /** What `from` does with `to`: see {@link DnsClusterMemberArgs.role}. Changed in place. */
  role: Role | "synchronize" | "Synchronize";
  /** Which address of `to` is stored: behind NAT its public one. A change of address replaces the member. @default the cluster's `via` */
  via?: Via;
}

/** How the tokens of a cluster are made. */
export interface ClusterTokensArgs {
  /** When they end: seconds since 1970, or a time such as 2027-01-31T00:00:00Z. A new value in the past is refused. Changed in place; tokens that have expired are made anew. @default never */
  expiresAt?: pulumi.Input<number | string>;
  /** Any value: a change makes new tokens, hands them over, and revokes the old ones last. @default none */
  rotate?: pulumi.Input<string | number | boolean>;
}

/** What a cluster is: the keys of a topology file, and how to reach the servers. Plain but for credentials. */
export interface DnsClusterArgs {
  /** Servers by name. Plain but for credentials. @default those of the provider in the options, else of the stack's configuration `whm:servers` */
  servers?: Record<string, ServerArgs>;
  /** Which server stores which, and with what role. Plain. */
  links: LinkArgs[];
  /**
   * Which address of a server others store, where it has such an address. Plain. A change of address replaces members and trusts.
   * @default the public address of a server that has one, for those that have none of their own; else `address`
   */
  via?: Via;
  /**
   * Take over members and trusts that are there already and differ. Plain. A change has no effect on what is made.
   * @default false
   */
  adopt?: boolean;
  /** Reverse trusts, one {@link ReverseTrust} each. Plain. @default exactly those that the guide needs */
  trusts?: Trust[];
  /** Trusted addresses by server, one {@link TrustedRemoteIp} each. Plain. @default exactly those that the guide needs */
  trustedAddresses?: Record<string, string[]>;
  /** Overrides of rules by id, each with a reason. Plain. @default none */
  rules?: RuleOverrides;
  /** How tokens are made. @default without an end, never rotated */
  tokens?: ClusterTokensArgs;
  /**
   * Synchronise the zones that are there already, once on each web server whose links have changed: `dnscluster syncall`,
   * through `@pulumi/command`. With the role `sync` the newer copy of a zone wins, also against the web server's own.
   * Needs `hostKey` in the web servers' connections and a credential that may be stored, or an SSH agent. @default false
   */
  syncAfterChange?: boolean;
}
