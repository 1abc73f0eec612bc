import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { knownKeys } from "./known-hosts";

/** An SSH server that goes by an address and a host name. */
export interface Namesake {
  readonly address: string;
  readonly host: string;
  readonly port?: number | undefined;
}

/**
 * Returns the host keys that `~/.ssh/known_hosts` lists for the host name of a server that is dialled at its address;
 * undefined if it lists the address itself, or neither.
 */
export async function keysOfNamesake({ address, host, port = 22 }: Namesake): Promise<string | undefined> {
  const text = await readFile(join(homedir(), ".ssh", "known_hosts"), "utf8").catch(() => "");
  const [byAddress, byName] = [knownKeys(text, address, port), knownKeys(text, host, port)];
  if (byAddress.trusted.length > 0) return undefined;
  const revoked = [...byAddress.revoked, ...byName.revoked];
  const keys = byName.trusted.filter(({ blob }) => !revoked.some((other) => other.blob.equals(blob)));
  const lines = keys.map(({ type, blob }) => `${type} ${blob.toString("base64")}`);
  return lines.length > 0 ? lines.join("\n") : undefined;
}
