import * as pulumi from "../sdk";
import type { Topology } from "../../schema/topology";
import { storedRole, viaOfLink, viaOfTrust } from "../../topology";
import { ApiToken } from "../api-token";
import { asPartOfCluster } from "../program/current-cluster";
import type { ClusterTokensArgs } from "./dns-cluster-args";
import { DnsClusterMember } from "../dns-cluster-member";
import { addressKey, memberKey, tokenKey, trustedLines, trustKey, usedTokens } from "./part-names";
import { ReverseTrust } from "../reverse-trust";
import { tokenArgs } from "./token-args";
import { TrustedRemoteIp } from "../trusted-remote-ip";

/** Resources of a `DnsCluster`, by the names of the servers concerned. */
export interface ClusterParts {
  /** Tokens, by `<server that the token opens>-for-<server that stores it>`. A shared one has several such keys. */
  tokens: Record<string, ApiToken>;
  /** Members, by `<from>-<to>`. */
  members: Record<string, DnsClusterMember>;
  /** Trusted addresses, by `<server>-<address>`. */
  trustedAddresses: Record<string, TrustedRemoteIp>;
  /** Reverse trusts, by `<peer>-trusts-<server>`. */
  trusts: Record<string, ReverseTrust>;
}

interface Plan {
  topology: Topology;
  tokens: ClusterTokensArgs;
  options: pulumi.CustomResourceOptions & { parent: pulumi.Resource };
  /** Whether to take over entries that exist already. */
  adopt: boolean;
  /** Why nothing may be made after all; normally undefined. */
  refusal: pulumi.Output<string | undefined>;
}

/** Makes every resource of a cluster, each named after the cluster and the servers concerned. */
export function clusterParts(cluster: string, plan: Plan): ClusterParts {
  const { topology, options, refusal } = plan;
  return asPartOfCluster({ resource: options.parent, rules: topology.rules ?? {}, refusal }, () => {
    const named: Make = (make) => (key) => make(`${cluster}-${key}`);
    const tokens = makeTokens(named, plan);
    const trustedAddresses = makeTrustedAddresses(named, plan);
    const trusts = makeTrusts(named, plan, tokens);
    return { tokens, members: makeMembers(named, plan, { tokens, trusts }), trustedAddresses, trusts };
  });
}

type Make = <Part>(make: (name: string) => Part) => (key: string) => Part;
type Tokens = Record<string, ApiToken>;

function makeTokens(named: Make, { topology, tokens: settings, options }: Plan): Tokens {
  const made = usedTokens(topology).flatMap((token): [string, ApiToken][] => {
    const { server, users } = token;
    const make = named((name) => new ApiToken(name, tokenArgs(settings, token), options));
    const resource = make(tokenKey(server, users[0]));
    return users.map((user) => [tokenKey(server, user), resource]);
  });
  return Object.fromEntries(made);
}

function makeMembers(
  named: Make,
  { topology, options, adopt }: Plan,
  { tokens, trusts }: Pick<ClusterParts, "tokens" | "trusts">,
): Record<string, DnsClusterMember> {
  const servers = new Map(Object.entries(topology.servers));
  return byKey(topology.links, memberKey, (link, key) => {
    const { from, to } = link;
    const role = storedRole(link, topology.servers);
    const args = { server: from, peer: to, role, via: viaOfLink(link, servers), ...(adopt && { adopt }) };
    const token = tokenFor(tokens, to, from);
    // The other server has to trust this one before zones come, and for as long as they come.
    const trust = trusts[trustKey({ server: from, peer: to })];
    const opts = trust ? pulumi.mergeOptions(options, { dependsOn: trust }) : options;
    return named((name) => new DnsClusterMember(name, { ...args, token }, opts))(key);
  });
}

function makeTrusts(
  named: Make,
  { topology, options, adopt }: Plan,
  tokens: Tokens,
): Record<string, ReverseTrust> {
  const servers = new Map(Object.entries(topology.servers));
  return byKey(topology.trusts ?? [], trustKey, (trust, key) => {
    const { server, peer } = trust;
    const args = { server, peer, via: viaOfTrust(trust, servers), ...(adopt && { adopt }) };
    const token = tokenFor(tokens, server, peer);
    return named((name) => new ReverseTrust(name, { ...args, token }, options))(key);
  });
}

function makeTrustedAddresses(named: Make, { topology, options }: Plan): Record<string, TrustedRemoteIp> {
  return byKey(
    trustedLines(topology),
    ({ server, address }) => addressKey(server, address),
    (args, key) => named((name) => new TrustedRemoteIp(name, args, options))(key),
  );
}

/**
 * Makes one part for each key. A rejected cluster may name a part twice; the engine would report that as a second mistake.
 */
function byKey<Item, Made>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  make: (item: Item, key: string) => Made,
): Record<string, Made> {
  const unique = new Map(items.map((item) => [keyOf(item), item]));
  return Object.fromEntries([...unique].map(([key, item]) => [key, make(item, key)]));
}

function tokenFor(tokens: Tokens, server: string, user: string): pulumi.Output<string> {
  // Only a rejected cluster lacks a token here: the rule `missing-token` makes sure of that.
  return tokens[tokenKey(server, user)]?.token ?? pulumi.secret("none");
}
