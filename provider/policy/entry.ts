import type { Topology } from "../schema/topology";
import { plainInputs } from "./plain-inputs";
import { types, type SeenResource } from "./types";

/** A link or trust as written on a server. Other names for one server are other entries. */
export interface Entry {
  readonly server: string;
  readonly peer: string;
  /** Role of a link, or the word for a trust. */
  readonly kind: string;
  /** Address that is written: the peer's for a link, the trusted server's for a trust. */
  readonly address: string;
}

const trust = "trust";

/**
 * Reads a member or a reverse trust. Returns undefined for any other resource, and for one that `--target` leaves out
 * before it was first made, because it has no inputs.
 *
 * @throws UnknownInputError
 */
export function readEntry({ type, props }: SeenResource): Entry | undefined {
  if (type === types.member) {
    const { server, peer, role, peerAddress } = texts(props, ["server", "peer", "role", "peerAddress"]);
    return entry(server, peer, role, peerAddress);
  }
  if (type !== types.trust) return undefined;
  const { server, peer, serverAddress } = texts(props, ["server", "peer", "serverAddress"]);
  return entry(server, peer, trust, serverAddress);
}

/** Returns everything that a topology declares, under the keys of `entryKey`. A server may be written by either address. */
export function entryKeys({ servers, links, trusts = [] }: Topology): ReadonlySet<string> {
  const keysFor = (server: string, peer: string, kind: string, written: string): string[] =>
    [servers[written]?.address, servers[written]?.publicAddress].flatMap((address) =>
      address === undefined ? [] : entryKey({ server, peer, kind, address }),
    );
  return new Set([
    ...links.flatMap(({ from, to, role }) => keysFor(from, to, role, to)),
    ...trusts.flatMap(({ server, peer }) => keysFor(server, peer, trust, server)),
  ]);
}

export function entryKey({ server, peer, kind, address }: Entry): string {
  return [server, peer, kind, address].join("\0");
}

export function entryText({ server, peer, kind, address }: Entry): string {
  return kind === trust
    ? `The trust of ${peer} in ${server} (${address})`
    : `The link ${server} -> ${peer} (${kind}, ${address})`;
}

function entry(server?: string, peer?: string, kind = "", address = ""): Entry | undefined {
  return server !== undefined && peer !== undefined ? { server, peer, kind, address } : undefined;
}

function texts(props: SeenResource["props"], names: readonly string[]): Record<string, string | undefined> {
  return plainInputs(props, names) as Record<string, string | undefined>;
}
