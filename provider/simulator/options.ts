import type { PlainServer } from "../schema/server";

/** Address from which a direct connection to a door seems to come: an administrator's desk. */
export const administratorAddress = "198.51.100.1";

/** Name of the token in `sim.servers[name].api`. It has every privilege and no address list. */
export const providerTokenName = "provider-access";

/** Default version of a server. */
export const defaultVersion = "11.136.0.5";

/** A server to simulate: the plain fields of a server, and initial files. */
export interface SimulatedServerOptions extends PlainServer {
  /** Initial files by path, in place of the simulator's own, each with mode 0600. @default none */
  readonly files?: Readonly<Record<string, string>>;
  /** Password for root, in addition to the key. @default none */
  readonly password?: string;
}

/** Options of `startSimulator`. */
export interface SimulatorOptions {
  /** Servers by name. A server without an address gets the first free one from 192.0.2.10 on. */
  readonly servers: Readonly<Record<string, SimulatedServerOptions>>;
  /** Returns the time in milliseconds since the epoch, for token expiry and file times. @default Date.now */
  readonly clock?: () => number;
}
