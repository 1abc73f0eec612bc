import { createHmac, timingSafeEqual } from "node:crypto";
import { type HostKey, parseHostKeys } from "./host-key";
import { isListed } from "./patterns";

export interface KnownKeys {
  /** Known keys of the host. */
  trusted: HostKey[];
  /** Keys that must no longer be accepted from this host, as its own or as an authority's. */
  revoked: HostKey[];
  /** Keys of authorities that certify this host's key. */
  authorities: HostKey[];
}

/** Finds the keys of a host in the text of a `known_hosts` file. */
export function knownKeys(text: string, host: string, port: number): KnownKeys {
  const name = hostLabel(host, port);
  return keysIn(text, (patterns) => isAbout(patterns, name));
}

/** Finds the keys in a text about one host, as in `authorized_keys` or `known_hosts`. */
export function pinnedKeys(text: string): KnownKeys {
  return keysIn(text, () => true);
}

function keysIn(text: string, isWanted: (patterns: string) => boolean): KnownKeys {
  const known: KnownKeys = { trusted: [], revoked: [], authorities: [] };
  for (const line of text.split(/\r?\n/)) {
    const { marker, patterns, rest } = splitLine(line);
    // A line whose mark is not known is passed over, as by OpenSSH: its key may be an authority's or a stolen one.
    const kind = kinds.get(marker);
    if (kind && isWanted(patterns)) known[kind].push(...parseHostKeys(`${patterns} ${rest}`));
  }
  return known;
}

const kinds: ReadonlyMap<string, keyof KnownKeys> = new Map([
  ["", "trusted"],
  ["@revoked", "revoked"],
  ["@cert-authority", "authorities"],
]);

/** Returns the name under which `known_hosts` lists a host. It includes the port unless that is 22. */
export function hostLabel(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

function splitLine(line: string): { marker: string; patterns: string; rest: string } {
  const words = line.trim().split(/\s+/);
  const marker = words[0]?.startsWith("@") ? (words.shift() ?? "") : "";
  const patterns = words.shift() ?? "";
  return /^[#@]/.test(patterns)
    ? { marker, patterns: "", rest: "" }
    : { marker, patterns, rest: words.join(" ") };
}

function isAbout(patterns: string, name: string): boolean {
  if (patterns.startsWith("|1|")) return isHashOf(patterns, name);
  return isListed(patterns.toLowerCase().split(",").filter(Boolean), name);
}

/** `|1|salt|hash`, where the hash is the HMAC-SHA1 of the name under the salt. */
function isHashOf(hashed: string, name: string): boolean {
  const [, , salt, hash] = hashed.split("|");
  if (!salt || !hash) return false;
  const expected = Buffer.from(hash, "base64");
  const actual = createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
