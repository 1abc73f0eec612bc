import type { HostKey } from "./host-key";
import { findKnownKeys, usualFiles } from "./known-hosts-files";

/** An SSH server that goes by an address and a host name. */
export interface Namesake {
  readonly address: string;
  readonly host: string;
  readonly port?: number | undefined;
}

/**
 * Returns the host keys that the files of known hosts list for the host name of a server that is dialled at its address;
 * undefined if they list the address itself, or neither.
 */
export async function keysOfNamesake({ address, host, port = 22 }: Namesake): Promise<string | undefined> {
  const [byAddress, byName] = await Promise.all([keysOf(address, port), keysOf(host, port)]);
  if (byAddress.trusted.length > 0) return undefined;
  const revoked = [...byAddress.revoked, ...byName.revoked];
  const keys = byName.trusted.filter(({ blob }) => !revoked.some((other) => other.blob.equals(blob)));
  const lines = keys.map(({ type, blob }) => `${type} ${blob.toString("base64")}`);
  return lines.length > 0 ? lines.join("\n") : undefined;
}

interface ListedKeys {
  readonly trusted: readonly HostKey[];
  readonly revoked: readonly HostKey[];
}

/** A file that can't be read lists nothing here: the dial itself tells. Nor does a line about another port. */
async function keysOf(host: string, port: number): Promise<ListedKeys> {
  const found = await findKnownKeys(usualFiles, { host, port }).catch(() => undefined);
  return found?.isAboutPort ? found.expected : { trusted: [], revoked: found?.expected.revoked ?? [] };
}
