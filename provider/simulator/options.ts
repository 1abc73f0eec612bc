import type { PlainServer } from "../schema/server";

/** The address from which a connection made straight to a door seems to come: an administrator's desk. */
export const administratorAddress = "198.51.100.1";

/** The name of the token in `sim.servers[name].api`; it has every privilege and no address list. */
export const providerTokenName = "provider-access";

/** The version of a server for which none is given. */
export const defaultVersion = "11.136.0.5";

/** One server to simulate: the plain fields of a server, and files to begin with. */
export interface SimulatedServerOptions extends PlainServer {
  /** Files that lie there from the start, by path, in place of the simulator's own; the mode of each is 0600. */
  readonly files?: Readonly<Record<string, string>>;
  /** A password that root may log in with, beside the key. @default none */
  readonly password?: string;
}

/** What to simulate. */
export interface SimulatorOptions {
  /** Servers by name. One without an address gets the first that is free from 192.0.2.10 on. */
  readonly servers: Readonly<Record<string, SimulatedServerOptions>>;
  /** The time in milliseconds since the epoch: token expiry, file times. @default Date.now */
  readonly clock?: () => number;
}
