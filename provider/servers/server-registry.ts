import { isIPv6 } from "node:net";
import { closest, distance } from "fastest-levenshtein";
import type { Server as ServerSettings } from "../schema/server";
import { ServerError } from "./errors";
import { handshakeLimit, Server, type ServerOptions } from "./server";

/** Shared by all registries of the process, because several servers may be behind one bastion. */
const handshakes = handshakeLimit();

/** The servers of a provider by name, each with one session. */
export class ServerRegistry {
  private readonly servers = new Map<string, Server>();
  private readonly namesByAddress = new Map<string, string>();

  constructor(
    settings: Record<string, ServerSettings>,
    private readonly options: ServerOptions = {},
  ) {
    for (const [name, server] of Object.entries(settings)) this.add(name, server);
  }

  /** Adds a server. */
  add(name: string, settings: ServerSettings): void {
    this.servers.set(name, new Server(name, settings, { handshakes, ...this.options }));
    for (const address of [settings.address, settings.publicAddress])
      if (address !== undefined) this.addAddress(name, address);
  }

  /** Finds a server at one more address from now on. Of two servers with one address the last one counts. */
  addAddress(name: string, address: string): void {
    this.namesByAddress.set(canonical(address), name);
  }

  /** @throws ServerError `unknown-server` if the provider has no server of that name */
  get(name: string): Server {
    const server = this.servers.get(name);
    if (server) return server;
    throw new ServerError({
      code: "unknown-server",
      server: name,
      phrase: "find the server",
      said: `the provider has no server named ${name}`,
      wayOut: this.suggestion(name),
    });
  }

  /** Lists the names of all servers, as declared. */
  names(): string[] {
    return [...this.servers.keys()];
  }

  /** Returns the name of the server with this main or public address; undefined if there is none. */
  nameAt(address: string): string | undefined {
    return this.namesByAddress.get(canonical(address));
  }

  /** Closes all sessions. */
  async close(): Promise<void> {
    await Promise.all([...this.servers.values()].map((server) => server.close()));
  }

  private suggestion(name: string): string {
    const names = this.names();
    if (names.length === 0) return "Declare it in the provider's servers, which are empty.";
    const nearest = closest(name, names);
    const isNear = distance(name, nearest) <= Math.max(2, nearest.length / 3);
    return `${isNear ? `Did you mean ${nearest}? ` : ""}Known: ${names.join(", ")}.`;
  }
}

/** Returns the shortest form of an IPv6 address, which can be written in many ways. Leaves everything else as it is. */
function canonical(address: string): string {
  return isIPv6(address) && !address.includes("%") ? new URL(`http://[${address}]`).hostname : address;
}
