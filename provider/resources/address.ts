import type { PlainServer } from "../schema/server";
import type { Via } from "../schema/topology";

/** The address of a server that others use. */
export function addressVia(server: PlainServer, via: Via = "address"): string | undefined {
  return server[via];
}
