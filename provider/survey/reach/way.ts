import type { Role } from "../../schema/role";

/** A way on which a server has to reach WHM's API of another. */
export interface Way {
  /** Name of the server that calls. */
  readonly server: string;
  /** Name of the server at the address; undefined if the connections know none. */
  readonly peer: string | undefined;
  readonly address: string;
  /** Role of the entry; undefined if no entry stands. */
  readonly role: Role | undefined;
  readonly need: WayNeed;
}

/** What goes along a way. */
export type WayNeed =
  /** Zones, along a link that stands. */
  | "zones"
  /** Questions of a server that another feeds: the guide asks for its trust. */
  | "trust"
  /** Nothing: the entry is standalone, and no link needs it. */
  | "nothing"
  /** Nothing yet: zones of the web server get to the nameserver on no way. */
  | "coverage";

export type WayState =
  /** The peer accepts the stored token. */
  | "accepted"
  /** Something answers. The token was not tried, or there is none. */
  | "open"
  /** The peer refuses the stored token, or lets it do too little. */
  | "refused"
  /** Something answers that could not prove to be the peer. The token was not sent. */
  | "unproven"
  | "unreachable"
  /** The server could not be asked. Nothing is known of the way. */
  | "not-asked";

/** What became of a call. */
export interface WayResult {
  readonly state: WayState;
  /** What was said, or why the token was not tried; undefined if there is nothing to say. */
  readonly said?: string | undefined;
}

/** A way, and what became of the call on it. */
export interface TriedWay extends Way, WayResult {}

/** Names the server at the end of a way. */
export function endOf({ peer, address }: Pick<Way, "peer" | "address">): string {
  return peer ?? address;
}
