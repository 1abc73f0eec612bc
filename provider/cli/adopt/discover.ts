import type { Server as ServerSettings } from "../../schema/server";
import type { ServerRegistry } from "../../servers";
import type { ServerSurvey } from "../../survey";
import { UsageError } from "../usage-error";

/** A server that member files name and no connection leads to. */
export interface UnknownServer {
  readonly name: string;
  readonly address: string;
  /** Host name in a member file. */
  readonly host: string;
}

/**
 * Finds servers through the member files of others, from one server on.
 *
 * @param login how to log in to servers that no connection leads to; they are only told if it is undefined
 */
export class Discovery {
  readonly unknown = new Map<string, UnknownServer>();

  constructor(
    private readonly registry: ServerRegistry,
    private readonly login: ServerSettings["connection"],
  ) {}

  /** Returns the servers that the ones read so far have as members. */
  readonly follow = (sofar: ReadonlyMap<string, ServerSurvey>): string[] => {
    const members = [...sofar.values()].flatMap(({ members: found }) => found);
    const named = members
      .filter(({ fields }) => fields.module === "cPanel")
      .flatMap(({ key, fields }) => this.nameOf(key, fields.host ?? key) ?? []);
    return [...new Set(named)];
  };

  private nameOf(address: string, host: string): string | undefined {
    const known = this.registry.nameAt(address);
    if (known !== undefined) return known;
    const server = this.unknown.get(address) ?? { name: this.freeName(host), address, host };
    if (this.login === undefined) {
      this.unknown.set(address, server);
      return undefined;
    }
    // Its host key is another one; it is looked up among the known hosts.
    const { hostKey: _hostKey, ...login } = this.login;
    const settings = { type: "cpanel", address, ...hostnameIn(server) } as const;
    this.registry.add(server.name, { ...settings, connection: { ...login, host: address } });
    return server.name;
  }

  /** Returns a name that no server has: the first label of the host name if possible. */
  private freeName(host: string): string {
    const taken = new Set([...this.registry.names(), ...[...this.unknown.values()].map(({ name }) => name)]);
    return [labelOf(host), host].find((name) => !taken.has(name)) ?? `${host}-${taken.size}`;
  }
}

/** Parses `[user@]host[:port]` as a server to begin with. */
export function serverAt(text: string): { name: string; settings: ServerSettings } {
  const match = /^(?:([A-Za-z0-9._-]+)@)?([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text);
  if (!match)
    throw new UsageError(`--from ${text} is neither a server of the connections nor [user@]host[:port].`);
  const [, user = "root", host = "", port] = match;
  const connection = { host, user, ...(port !== undefined && { port: Number(port) }) };
  return { name: labelOf(host), settings: { type: "cpanel", connection } };
}

/** Returns the first label of a host name; an address stays as it is. */
function labelOf(host: string): string {
  return /^[\d.]+$/.test(host) ? host : (host.split(".")[0] ?? host);
}

/** Returns the host name of a server, if it is known by one. */
export function hostnameIn({ host, address }: UnknownServer): { hostname?: string } {
  return host === address ? {} : { hostname: host };
}
