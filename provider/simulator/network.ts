import { namesFor, sourceFor } from "./inside-network";
import type { SimulatedServer } from "./simulated-server";

/** A server and the real loopback ports of its doors. */
export interface Place {
  readonly server: SimulatedServer;
  readonly apiPort: number;
  readonly sshPort: number;
}

/** Where a connection ends and from which logical address it seems to come. */
export interface Route {
  readonly port: number;
  readonly source: string;
}

/**
 * Who can be reached where. Logical addresses exist only inside the simulator: forwarded channels are led to loopback
 * ports, and a side table remembers from which address each of these connections comes. A server with a public address
 * stands behind a router, in an inside network that nobody else can look into: see `inside-network.ts`.
 */
export class Network {
  private readonly places: Place[] = [];
  private readonly sources = new Map<number, string>();

  add(place: Place): void {
    this.places.push(place);
  }

  /** The server that one reaches under an address, public address or host name. */
  find(from: SimulatedServer, host: string): Place | undefined {
    const wanted = host.toLowerCase();
    return this.places.find(({ server: { identity } }) =>
      namesFor(from.identity, identity).some((name) => name.toLowerCase() === wanted),
    );
  }

  /** The way from a server to a destination as it names it; undefined when nothing listens there. */
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

  /** The logical address behind a connection's port; undefined for one that came straight to the door. */
  sourceOf(remotePort: number | undefined): string | undefined {
    return remotePort === undefined ? undefined : this.sources.get(remotePort);
  }

  /** Loopback is the server itself, except at a real port: there it is whoever listens. */
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
