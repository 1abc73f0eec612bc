import type * as pulumi from "../sdk";
import { MalformedError } from "../../schema/parse";
import type { ClusterToken, Link, Topology, Trust } from "../../schema/topology";
import { program } from "../program/program";

// The parts of a cluster are named after the cluster and the servers concerned, joined by a sign that names may hold
// themselves: `web` to `a-ns` and `web-a` to `ns` would be one name. The engine tells only when it comes to the second
// one, after the first was made.

/** By what `ClusterParts.members` is read. */
export function memberKey({ from, to }: Pick<Link, "from" | "to">): string {
  return `${from}-${to}`;
}

/** By what `ClusterParts.trusts` is read. */
export function trustKey({ server, peer }: Trust): string {
  return `${peer}-trusts-${server}`;
}

/** By what `ClusterParts.trustedAddresses` is read. */
export function addressKey(server: string, address: string): string {
  return `${server}-${address}`;
}

/** By what `ClusterParts.tokens` is read. */
export function tokenKey(server: string, user: string): string {
  return `${server}-for-${user}`;
}

/** By what a server's synchronisation is named. */
export function syncKey(server: string): string {
  return `${server}-sync`;
}

/** Every use of a token that a cluster has: each is a token of its own. */
export function tokenUses({ apiTokens = [] }: Topology): { token: ClusterToken; user: string }[] {
  return apiTokens.flatMap((token) => (token.users ?? []).map((user) => ({ token, user })));
}

/** Every address that a server of a cluster trusts. */
export function trustedLines({ trustedAddresses = {} }: Topology): { server: string; address: string }[] {
  return Object.entries(trustedAddresses).flatMap(([server, addresses]) =>
    addresses.map((address) => ({ server, address })),
  );
}

/** A part by its name in the stack, and in words. */
interface Part {
  readonly kind: string;
  readonly key: string;
  readonly words: string;
}

/**
 * Takes the names of a cluster's parts, before anything of it is registered.
 *
 * @param syncs the synchronisations that it makes
 * @throws MalformedError when two parts, of this cluster or of one before it, would share a name
 */
export function takePartNames(
  cluster: pulumi.Resource,
  name: string,
  topology: Topology,
  syncs: readonly { readonly server: string }[],
): void {
  const { partNames } = program();
  const place = typesAbove(cluster).join("$");
  for (const { kind, key, words } of [...partsOf(topology), ...syncs.map(syncPart)]) {
    const urn = `${place}$${kind}::${name}-${key}`;
    const taken = partNames.get(urn);
    const part = `${words} of ${name}`;
    if (taken !== undefined)
      throw new MalformedError(`The cluster ${name}`, [clash(`${name}-${key}`, taken, part)]);
    partNames.set(urn, part);
  }
}

function partsOf(topology: Topology): Part[] {
  const { links, trusts = [] } = topology;
  return [
    ...links.map((link) => ({
      kind: "member",
      key: memberKey(link),
      words: `the link from ${link.from} to ${link.to}`,
    })),
    ...trusts.map((trust) => ({
      kind: "trust",
      key: trustKey(trust),
      words: `the trust of ${trust.peer} in ${trust.server}`,
    })),
    ...trustedLines(topology).map(({ server, address }) => ({
      kind: "address",
      key: addressKey(server, address),
      words: `the address ${address} that ${server} trusts`,
    })),
    ...tokenUses(topology).map(({ token: { server }, user }) => ({
      kind: "token",
      key: tokenKey(server, user),
      words: `the token of ${server} for ${user}`,
    })),
  ];
}

function syncPart({ server }: { readonly server: string }): Part {
  return { kind: "sync", key: syncKey(server), words: `the synchronisation of ${server}` };
}

/** The engine tells parts apart by the types of what they are in, not by its names. */
function typesAbove(resource: pulumi.Resource | undefined): string[] {
  const found = resource as { __pulumiType?: string; __parentResource?: pulumi.Resource } | undefined;
  return found === undefined ? [] : [...typesAbove(found.__parentResource), found.__pulumiType ?? ""];
}

function clash(name: string, taken: string, part: string): string {
  return `Two resources would be named ${name}: ${taken}, and ${part}. Give the cluster or one of the servers another name.`;
}
