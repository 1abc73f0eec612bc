import type * as pulumi from "../sdk";
import type { Role } from "../../schema/role";
import type { Allowance, RiskSettings } from "../../schema/risks";
import type { RuleOverrides } from "../../schema/rule-overrides";
import type { Trust, Via } from "../../schema/topology";
import type { RotateValue } from "../rotate-text";
import type { DrainArgs, ServerArgs } from "../server-args";

/** A link between two servers of a cluster. Makes one {@link DnsClusterMember}. */
export interface LinkArgs {
  /** Name of the server that stores the link. Changing it makes another member and removes this one. */
  from: string;
  /** Name of the server that the link leads to. Changing it makes another member and removes this one. */
  to: string;
  /** What `from` does with `to`: see {@link DnsClusterMemberArgs.role}. Changed in place. */
  role: Role | "synchronize" | "Synchronize";
  /**
   * Which address of `to` is stored; behind NAT, its public one. Changing the address replaces the member.
   * @default the cluster's `via`
   */
  via?: Via;
  /**
   * Takes the link out for a while: it is stored as `standalone`, and its role comes back when `drain` is removed. Changed
   * in place.
   * @default in service
   */
  drain?: DrainArgs;
}

/** A token of a cluster, and who uses it. */
export interface ClusterTokenArgs {
  /** Name of the server that the token opens. Changing it makes another token. */
  server: string;
  /** Names of the servers that store the token. Changing the first one makes another token; the others change in place. */
  users: string[];
  /** Privileges. Changed in place. @default ["clustering"] */
  acls?: string[];
  /** Addresses and networks from which the token is accepted. Changed in place. @default any */
  whitelistIps?: string[];
  /**
   * Time at which the token expires: seconds since 1970, or a time such as 2027-01-31T00:00:00Z. Changed in place.
   * @default as `tokens` says
   */
  expiresAt?: number | string;
}

/** Settings for the tokens of a cluster. */
export interface ClusterTokensArgs {
  /**
   * Time at which the tokens expire: seconds since 1970, or a time such as 2027-01-31T00:00:00Z. A new value in the
   * past is refused. Changed in place; expired tokens are made again.
   * @default never
   */
  expiresAt?: pulumi.Input<number | string>;
  /**
   * Days before their expiry at which tokens are replaced, as with {@link ApiTokenArgs.renewBefore}. Applies to tokens
   * with an `expiresAt`, here or their own. Changed in place.
   * @default not renewed
   */
  renewBefore?: pulumi.Input<number>;
  /**
   * For how long old tokens stay valid after a rotation or renewal, as with {@link ApiTokenArgs.keepOldFor}. Changed in
   * place.
   * @default revoked at the end of the run
   */
  keepOldFor?: pulumi.Input<string>;
  /**
   * Any value. Changing it makes new tokens, hands them over, and revokes the old ones last. The longer form rotates only
   * some of them.
   * @default none
   */
  rotate?: RotateValue | ClusterRotationArgs;
}

/**
 * Values that rotate some tokens of a cluster. Changing, adding or removing one rotates the tokens that it names. Values
 * of a server or token can be removed together with the next change of `fleet`.
 */
export interface ClusterRotationArgs {
  /** Value for all tokens. The same as the plain value of `rotate`. @default none */
  fleet?: RotateValue;
  /** Values for the tokens that open a server, by its name. @default none */
  servers?: Record<string, RotateValue>;
  /** Values for single tokens, by their keys in `parts.tokens`, such as `ns1-for-web1`. @default none */
  tokens?: Record<string, RotateValue>;
}

/** The proof of a cluster by canary zones, with settings. */
export interface ProofByZone {
  /** How canary zones are made. Plain. */
  zone: ZoneProofArgs;
}

/** Settings for the canary zones of a proof. */
export interface ZoneProofArgs {
  /** Seconds in which a canary zone must arrive on every nameserver, 1 to 600. Plain. @default 60 */
  within?: number;
  /**
   * Domain under which canary zones are named, for WHM servers that refuse the default. Plain.
   * @default "invalid", which is reserved: no zone that anybody uses can end in it
   */
  under?: string;
}

/** Arguments of `DnsCluster`: the keys of a topology file, and how to reach the servers. Plain except for credentials. */
export interface DnsClusterArgs {
  /**
   * Servers by name. Plain except for credentials.
   * @default those of the provider in the options, else of the stack's configuration `whm:servers`
   */
  servers?: Record<string, ServerArgs>;
  /** Links: which server stores which, and with what role. Plain. */
  links: LinkArgs[];
  /**
   * Which of a server's addresses other servers store, where it has such an address. Plain. Changing the address
   * replaces members and trusts.
   * @default the public address of a server that has one, where the storing server has none; else `address`
   */
  via?: Via;
  /**
   * Take over members and trusts that exist already and differ. Plain. Changing it has no effect on existing resources.
   * @default false
   */
  adopt?: boolean;
  /** Reverse trusts, one {@link ReverseTrust} each. Plain. @default exactly those that cPanel's guide requires */
  trusts?: Trust[];
  /**
   * Trusted addresses by server, one {@link TrustedRemoteIp} each. Plain.
   * @default exactly those that cPanel's guide requires
   */
  trustedAddresses?: Record<string, string[]>;
  /**
   * API tokens, one {@link ApiToken} each, named after the first of its `users`. Plain.
   * @default one for each link and trust, with `clustering` alone, pinned to the server that uses it
   */
  apiTokens?: ClusterTokenArgs[];
  /** Overrides of rules by id, each with a reason. Plain. @default none */
  rules?: RuleOverrides;
  /**
   * Limits and severities of the risks of a change. Plain. Changing it touches no server.
   * @default a change of more than 30 % of at least ten links rejects the plan; roles that become stronger and removed
   * `sync` members are warnings
   */
  risks?: RiskSettings;
  /**
   * Risks that a change may take, each with a reason. Plain. Every preview names those that have expired or are not
   * needed. Changing it touches no server.
   * @default none
   */
  allow?: Allowance[];
  /** Settings for the tokens. @default they never expire and are never rotated */
  tokens?: ClusterTokensArgs;
  /**
   * Synchronise existing zones, once on each web server whose links have changed, with `dnscluster syncall` through
   * `@pulumi/command`. With the role `sync` the newer copy of a zone wins, even over the web server's own. Requires
   * `hostKey` in the web servers' connections, and a credential that may be stored or an SSH agent.
   * @default false
   */
  syncAfterChange?: boolean;
  /**
   * Look at the servers again after the last write of a run: every link makes a call with the token that its server
   * stores, and the links that all servers hold are judged once more. What is wrong fails the run. With `"zone"`, each web
   * server also makes a canary zone that must arrive on every nameserver that it feeds, and that is removed again. Plain.
   * @default true
   */
  proof?: boolean | "zone" | ProofByZone;
  /**
   * Refuse to delete the cluster, with `pulumi destroy` or by taking it out of the program. Nothing is gone then. Plain.
   * Changed in place.
   * @default false
   */
  guardDestroy?: boolean;
}
