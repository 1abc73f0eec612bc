import type * as pulumi from "../sdk";
import { MalformedError } from "../../schema/parse";
import type { ClusterToken, Link, Topology, Trust } from "../../schema/topology";
import { program } from "../program/program";

// Parts of a cluster are named after the cluster and the servers concerned, joined by a dash. Names may contain dashes
// too: `web` to `a-ns` and `web-a` to `ns` would share a name. The engine reports that only at the second part, after
// the first was made.

/** Key of a link in `ClusterParts.members`. */
export function memberKey({ from, to }: Pick<Link, "from" | "to">): string {
  return `${from}-${to}`;
}

/** Key of a trust in `ClusterParts.trusts`. */
export function trustKey({ server, peer }: Trust): string {
  return `${peer}-trusts-${server}`;
}

/** Key of an address in `ClusterParts.trustedAddresses`. */
export function addressKey(server: string, address: string): string {
  return `${server}-${address}`;
}

/** Key of a token in `ClusterParts.tokens`. */
export function tokenKey(server: string, user: string): string {
  return `${server}-for-${user}`;
}

/** Key of a server's synchronisation. */
export function syncKey(server: string): string {
  return `${server}-sync`;
}

/** A token of a cluster. It has at least one user. */
export type UsedToken = ClusterToken & { readonly users: [first: string, ...others: string[]] };

/** Lists the tokens of a cluster. One is named after the first of its users. */
export function usedTokens({ apiTokens = [] }: Topology): UsedToken[] {
  return apiTokens.filter((token): token is UsedToken => (token.users ?? []).length > 0);
}

/** Lists every address that a server of a cluster trusts. */
export function trustedLines({ trustedAddresses = {} }: Topology): { server: string; address: string }[] {
  return Object.entries(trustedAddresses).flatMap(([server, addresses]) =>
    addresses.map((address) => ({ server, address })),
  );
}

/** A part, with its name in the stack and a description. */
interface Part {
  readonly kind: string;
  readonly key: string;
  readonly words: string;
}

/**
 * Reserves the names of a cluster's parts, before any of them is registered.
 *
 * @param syncs synchronisations of the cluster
 * @throws MalformedError when two parts, of this cluster or of an earlier one, would share a name
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
    ...usedTokens(topology).map(({ server, users: [user] }) => ({
      kind: "token",
      key: tokenKey(server, user),
      words: `the token of ${server} for ${user}`,
    })),
  ];
}

function syncPart({ server }: { readonly server: string }): Part {
  return { kind: "sync", key: syncKey(server), words: `the synchronisation of ${server}` };
}

/** Lists the types of a resource and its parents. The engine tells parts apart by these, not by the parents' names. */
function typesAbove(resource: pulumi.Resource | undefined): string[] {
  const found = resource as { __pulumiType?: string; __parentResource?: pulumi.Resource } | undefined;
  return found === undefined ? [] : [...typesAbove(found.__parentResource), found.__pulumiType ?? ""];
}

function clash(name: string, taken: string, part: string): string {
  return `Two resources would be named ${name}: ${taken}, and ${part}. Give the cluster or one of the servers another name.`;
}
