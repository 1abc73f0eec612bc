import type { Connection, ConnectionHop } from "../../schema/connection";

/** A log-in on the way to a server: at a bastion, or at the server itself, which comes last. */
export interface RouteHop extends ConnectionHop {
  /** Place of the hop in the settings, such as `connection.proxy`. */
  readonly field: string;
}

/** Returns the log-ins that lead to a server, in their order. */
export function routeTo(connection: Connection, field = "connection"): RouteHop[] {
  const { proxy, ...hop } = connection;
  return [...(proxy ? routeTo(proxy, `${field}.proxy`) : []), { ...hop, field }];
}
