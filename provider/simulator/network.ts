import { namesFor, sourceFor } from "./inside-network";
import type { SimulatedServer } from "./simulated-server";

/** A server and the real loopback ports of its doors. */
export interface Place {
  readonly server: SimulatedServer;
  readonly apiPort: number;
  readonly sshPort: number;
}

/** End of a connection, and the logical address from which it seems to come. */
export interface Route {
  readonly port: number;
  readonly source: string;
}

/** Ends of a connection as its door sees it. One port of this machine may lead to several doors at a time. */
export interface Ends {
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
}

/**
 * Knows who can be reached where. Logical addresses exist only inside the simulator: forwarded channels lead to
 * loopback ports, and a side table records the address from which each of these connections comes. A server with a
 * public address is behind a router, in an inside network that nobody else can reach: see `inside-network.ts`.
 */
export class Network {
  private readonly places: Place[] = [];
  private readonly sources = new Map<string, string>();

  add(place: Place): void {
    this.places.push(place);
  }

  /** Finds the server that another one reaches under an address, public address or host name. */
  find(from: SimulatedServer, host: string): Place | undefined {
    const wanted = host.toLowerCase();
    return this.places.find(({ server: { identity } }) =>
      namesFor(from.identity, identity).some((name) => name.toLowerCase() === wanted),
    );
  }

  /** Finds the way from a server to a destination, by the name that it uses; undefined if nothing listens there. */
  route(from: SimulatedServer, host: string, port: number): Route | undefined {
    const isLoopback = ["127.0.0.1", "localhost", "::1"].includes(host);
    const place = isLoopback ? this.loopback(from, port) : this.find(from, host);
    if (place === undefined) return undefined;
    const door = doorOf(place, port, isLoopback);
    const source = sourceFor(from.identity, place.server.identity);
    return door === undefined ? undefined : { port: door, source };
  }

  /** Remembers that a connection comes from a logical address. */
  rememberSource(ends: Ends, address: string): void {
    this.sources.set(keyOf(ends), address);
  }

  forgetSource(ends: Ends): void {
    this.sources.delete(keyOf(ends));
  }

  /** Returns the logical address behind a connection; undefined for a direct connection. */
  sourceOf(ends: Ends): string | undefined {
    return this.sources.get(keyOf(ends));
  }

  /** Resolves loopback. It is the server itself, except at a real port, where it is whatever listens. */
  private loopback(from: SimulatedServer, port: number): Place | undefined {
    const listening = this.places.find(({ apiPort, sshPort }) => [apiPort, sshPort].includes(port));
    return listening ?? this.places.find(({ server }) => server === from);
  }
}

function keyOf({ remotePort, localPort }: Ends): string {
  return `${remotePort} to ${localPort}`;
}

function doorOf({ apiPort, sshPort }: Place, port: number, isLoopback: boolean): number | undefined {
  if (port === 2087) return apiPort;
  if (port === 22) return sshPort;
  return isLoopback && [apiPort, sshPort].includes(port) ? port : undefined;
}
