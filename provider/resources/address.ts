import type { PlainServer } from "../schema/server";

/** Which address of a server others use: its main one, or the one under which it is seen from outside (NAT). */
export type Via = "address" | "publicAddress";

/** The address of a server that others use. */
export function addressVia(server: PlainServer, via: Via = "address"): string | undefined {
  return server[via];
}
