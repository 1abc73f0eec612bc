import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Server as ServerSettings, Servers } from "../../schema/server";
import { UsageError } from "../usage-error";

/** Server from which others are discovered. */
export interface FirstServer {
  readonly name: string;
  readonly settings: ServerSettings;
}

/**
 * Finds the server to begin with: the name or an address of one of the connections, or `[user@]host[:port]`.
 *
 * @throws UsageError for any other text
 */
export function firstServer(text: string, known: Servers): FirstServer {
  const given = Object.hasOwn(known, text) ? known[text] : undefined;
  if (given) return { name: text, settings: given };
  const match = /^(?:([A-Za-z0-9._-]+)@)?([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text);
  if (!match)
    throw new UsageError(`--from ${text} is neither a server of the connections nor [user@]host[:port].`);
  const [, user, host = "", port] = match;
  const said = { ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) };
  const [name, settings] = Object.entries(known).find(([, server]) => leadsTo(server, host)) ?? [];
  if (name !== undefined && settings?.connection)
    return { name, settings: { ...settings, connection: { ...settings.connection, ...said } } };
  const label = labelOf(host);
  const connection = { host, user: "root", ...said, ...usualKey() };
  return {
    name: Object.hasOwn(known, label) ? host : label,
    settings: { type: "cpanel", connection },
  };
}

/** Returns the first label of a host name; an address stays as it is. */
export function labelOf(host: string): string {
  return /^[\d.]+$/.test(host) ? host : (host.split(".")[0] ?? host);
}

function leadsTo({ connection, address, publicAddress, hostname }: ServerSettings, host: string): boolean {
  return [connection?.host, address, publicAddress, hostname].includes(host);
}

/** Returns the key that OpenSSH's client would take, unless there is an agent. */
function usualKey(): { privateKeyFile?: string } {
  if (process.env["SSH_AUTH_SOCK"]) return {};
  const files = ["id_ed25519", "id_ecdsa", "id_rsa"].map((name) => `.ssh/${name}`);
  const file = files.find((path) => existsSync(join(homedir(), path)));
  return file === undefined ? {} : { privateKeyFile: `~/${file}` };
}
