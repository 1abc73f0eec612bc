import type * as pulumi from "@pulumi/pulumi";
import type { ClusterToken, Topology } from "../schema/topology";
import { ApiToken } from "./api-token";
import { asPartOfCluster } from "./composition";
import type { ClusterTokensArgs } from "./dns-cluster-args";
import { DnsClusterMember } from "./dns-cluster-member";
import { addressKey, memberKey, tokenKey, tokenUses, trustedLines, trustKey } from "./part-names";
import { ReverseTrust } from "./reverse-trust";
import { TrustedRemoteIp } from "./trusted-remote-ip";

/** What a cluster is made of, by the names of the servers concerned. */
export interface ClusterParts {
  /** Tokens by `<server that it opens>-for-<server that stores it>`. */
  tokens: Record<string, ApiToken>;
  /** Members by `<from>-<to>`. */
  members: Record<string, DnsClusterMember>;
  /** Trusted addresses by `<server>-<address>`. */
  trustedAddresses: Record<string, TrustedRemoteIp>;
  /** Reverse trusts by `<peer>-trusts-<server>`. */
  trusts: Record<string, ReverseTrust>;
}

interface Plan {
  topology: Topology;
  tokens: ClusterTokensArgs;
  options: pulumi.CustomResourceOptions;
  /** Why nothing must be made all the same; undefined as a rule. */
  refusal: pulumi.Output<string | undefined>;
}

/** Makes everything that a cluster needs; each resource is named after the cluster and the servers concerned. */
export function clusterParts(cluster: string, plan: Plan): ClusterParts {
  return asPartOfCluster({ rules: plan.topology.rules ?? {}, refusal: plan.refusal }, () => {
    const named: Make = (make) => (key) => make(`${cluster}-${key}`);
    const tokens = makeTokens(named, plan);
    return {
      tokens,
      members: makeMembers(named, plan, tokens),
      trustedAddresses: makeTrustedAddresses(named, plan),
      trusts: makeTrusts(named, plan, tokens),
    };
  });
}

type Make = <Part>(make: (name: string) => Part) => (key: string) => Part;
type Tokens = Record<string, ApiToken>;

function makeTokens(named: Make, { topology, tokens: settings, options }: Plan): Tokens {
  const entries = tokenUses(topology).map(({ token, user }): [string, ApiToken] => {
    const key = tokenKey(token.server, user);
    return [
      key,
      named((name) => new ApiToken(name, { ...settings, ...tokenArgs(token, user) }, options))(key),
    ];
  });
  return Object.fromEntries(entries);
}

function makeMembers(
  named: Make,
  { topology, options }: Plan,
  tokens: Tokens,
): Record<string, DnsClusterMember> {
  const entries = topology.links.map(({ from, to, role }): [string, DnsClusterMember] => {
    const args = { server: from, peer: to, role, token: tokenFor(tokens, to, from) };
    const key = memberKey({ from, to });
    return [key, named((name) => new DnsClusterMember(name, args, options))(key)];
  });
  return Object.fromEntries(entries);
}

function makeTrusts(named: Make, { topology, options }: Plan, tokens: Tokens): Record<string, ReverseTrust> {
  const entries = (topology.trusts ?? []).map(({ server, peer }): [string, ReverseTrust] => {
    const args = { server, peer, token: tokenFor(tokens, server, peer) };
    const key = trustKey({ server, peer });
    return [key, named((name) => new ReverseTrust(name, args, options))(key)];
  });
  return Object.fromEntries(entries);
}

function makeTrustedAddresses(named: Make, { topology, options }: Plan): Record<string, TrustedRemoteIp> {
  const entries = trustedLines(topology).map((args): [string, TrustedRemoteIp] => {
    const key = addressKey(args.server, args.address);
    return [key, named((name) => new TrustedRemoteIp(name, args, options))(key)];
  });
  return Object.fromEntries(entries);
}

function tokenArgs({ server, acls, whitelistIps }: ClusterToken, user: string) {
  return { server, users: [user], ...(acls && { acls }), ...(whitelistIps && { whitelistIps }) };
}

function tokenFor(tokens: Tokens, server: string, user: string): pulumi.Output<string> {
  const token = tokens[tokenKey(server, user)];
  // The rule `missing-token` has rejected a topology without it.
  if (!token) throw new Error(`There is no token with which ${user} opens ${server}.`);
  return token.token;
}
