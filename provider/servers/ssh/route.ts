import { userInfo } from "node:os";
import type { Connection, ConnectionHop } from "../../schema/connection";
import type { ErrorReporter } from "../errors";
import { ConfigError } from "./config/config-error";
import {
  type HostSettings,
  hostSettings,
  type IdentityPlaces,
  type KnownHostsPlaces,
} from "./config/host-settings";

/** A log-in on the way to a server: at a bastion, or at the server itself, which comes last. */
export interface RouteHop extends ConnectionHop {
  /** Place of the hop in the settings, such as `connection.proxy`. */
  readonly field: string;
  /** Keys by OpenSSH's client configuration. */
  readonly identities?: IdentityPlaces | undefined;
  /** Files of known hosts by OpenSSH's client configuration. */
  readonly knownHosts?: KnownHostsPlaces | undefined;
}

/** More bastions on one way are a circle of `ProxyJump`. */
const mostBastions = 8;

/**
 * Returns the log-ins that lead to a server, in their order.
 *
 * @throws ServerError `invalid-value` if OpenSSH's client configuration is asked and can't be followed
 */
export function routeTo(connection: Connection, reporter: ErrorReporter): RouteHop[] {
  try {
    return hopsTo(connection, { field: "connection", usualUser: "root" });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { message: said, wayOut } = error;
    const phrase = `look up ${connection.host} in OpenSSH's client configuration`;
    throw reporter.error({ code: "invalid-value", phrase, said, wayOut, cause: error });
  }
}

/** Returns the host that a connection leads to. */
export function dialledHost(connection: Connection): string {
  try {
    return lookUp(connection, "root")?.host ?? connection.host;
  } catch (error) {
    // The dial itself explains it.
    if (error instanceof ConfigError) return connection.host;
    throw error;
  }
}

/** Whether other servers lie before the one that a connection leads to, by its settings or by the client configuration. */
export function isBehindBastion(connection: Connection): boolean {
  try {
    return hopsTo(connection, { field: "connection", usualUser: "root" }).length > 1;
  } catch (error) {
    // The dial itself explains it.
    if (error instanceof ConfigError) return connection.proxy !== undefined;
    throw error;
  }
}

interface Place {
  readonly field: string;
  /** Log-in name if neither the connection nor the configuration gives one. */
  readonly usualUser: string;
}

function hopsTo(connection: Connection, place: Place, bastions = 0): RouteHop[] {
  if (bastions > mostBastions)
    throw new ConfigError(
      `more than ${mostBastions} bastions lie before it, the last one ${connection.host}`,
      "Let no host of ProxyJump need itself: below Host *, exclude the bastion, as in `Host * !bastion`.",
    );
  const { field, usualUser } = place;
  const { proxy, ...given } = connection;
  const { jumps = [], ...found } = lookUp(connection, usualUser) ?? {};
  const via = proxy ? { proxy, usualUser } : lastJump(jumps, connection);
  const before =
    via && hopsTo(via.proxy, { field: `${field}.proxy`, usualUser: via.usualUser }, bastions + 1);
  return [...(before ?? []), { user: usualUser, ...given, ...found, field }];
}

function lookUp(connection: Connection, usualUser: string): HostSettings | undefined {
  const { sshConfig = false } = connection;
  return sshConfig === false ? undefined : hostSettings(connection, sshConfig, usualUser);
}

/**
 * Returns the last host of `ProxyJump`, with the one before it as its bastion. They are looked up in turn, and are never
 * connected to unchecked.
 */
function lastJump(
  jumps: HostSettings["jumps"],
  connection: Connection,
): { proxy: Connection; usualUser: string } | undefined {
  const { sshConfig, dialErrorLimit, perDialTimeout } = connection;
  let last: Connection | undefined;
  for (const jump of jumps)
    last = { ...jump, sshConfig, dialErrorLimit, perDialTimeout, ...(last && { proxy: last }) };
  return last && { proxy: last, usualUser: userInfo().username };
}
