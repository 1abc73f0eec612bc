import type { SimulatedServer } from "./simulated-server";

/** A server and the real loopback ports of its doors. */
export interface Place {
  readonly server: SimulatedServer;
  readonly apiPort: number;
  readonly sshPort: number;
}

/**
 * Who can be reached where. Logical addresses exist only inside the simulator: forwarded channels are led to loopback
 * ports, and a side table remembers from which server each of these connections comes.
 */
export class Network {
  private readonly places: Place[] = [];
  private readonly sources = new Map<number, string>();

  add(place: Place): void {
    this.places.push(place);
  }

  /** The server that answers to an address, public address or host name. */
  find(host: string): Place | undefined {
    const wanted = host.toLowerCase();
    return this.places.find(({ server: { identity } }) =>
      [identity.address, identity.publicAddress, identity.hostname].some(
        (name) => name?.toLowerCase() === wanted,
      ),
    );
  }

  /** The loopback port behind a destination as one server sees it; undefined when nothing listens there. */
  portFor(from: SimulatedServer, host: string, port: number): number | undefined {
    const isLoopback = ["127.0.0.1", "localhost", "::1"].includes(host);
    const place = isLoopback ? this.places.find(({ server }) => server === from) : this.find(host);
    if (port === 2087) return place?.apiPort;
    if (port === 22) return place?.sshPort;
    return isLoopback && this.places.some((any) => any.apiPort === port || any.sshPort === port)
      ? port
      : undefined;
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
}
