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

/**
 * Knows who can be reached where. Logical addresses exist only inside the simulator: forwarded channels lead to
 * loopback ports, and a side table records the address from which each of these connections comes. A server with a
 * public address is behind a router, in an inside network that nobody else can reach: see `inside-network.ts`.
 */
export class Network {
  private readonly places: Place[] = [];
  private readonly sources = new Map<number, string>();

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

  /** Remembers that connections from a local port come from a logical address. */
  rememberSource(localPort: number, address: string): void {
    this.sources.set(localPort, address);
  }

  forgetSource(localPort: number): void {
    this.sources.delete(localPort);
  }

  /** Returns the logical address behind a connection's port; undefined for a direct connection. */
  sourceOf(remotePort: number | undefined): string | undefined {
    return remotePort === undefined ? undefined : this.sources.get(remotePort);
  }

  /** Resolves loopback. It is the server itself, except at a real port, where it is whatever listens. */
  private loopback(from: SimulatedServer, port: number): Place | undefined {
    const listening = this.places.find(({ apiPort, sshPort }) => [apiPort, sshPort].includes(port));
    return listening ?? this.places.find(({ server }) => server === from);
  }
}

function doorOf({ apiPort, sshPort }: Place, port: number, isLoopback: boolean): number | undefined {
  if (port === 2087) return apiPort;
  if (port === 22) return sshPort;
  return isLoopback && [apiPort, sshPort].includes(port) ? port : undefined;
}
