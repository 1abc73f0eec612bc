import { createHmac, timingSafeEqual } from "node:crypto";
import { type HostKey, parseHostKeys } from "./host-key";

export interface KnownKeys {
  /** Known keys of the host. */
  trusted: HostKey[];
  /** Keys that must no longer be accepted from this host. */
  revoked: HostKey[];
}

/** Finds the keys of a host in the text of a `known_hosts` file. Ignores certificate authorities. */
export function knownKeys(text: string, host: string, port: number): KnownKeys {
  const known: KnownKeys = { trusted: [], revoked: [] };
  const name = hostLabel(host, port);
  for (const line of text.split(/\r?\n/)) {
    const { marker, patterns, rest } = splitLine(line);
    if (marker === "@cert-authority" || !isListed(patterns, name)) continue;
    (marker === "@revoked" ? known.revoked : known.trusted).push(...parseHostKeys(rest));
  }
  return known;
}

/** Returns the name under which `known_hosts` lists a host. It includes the port unless that is 22. */
export function hostLabel(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

function splitLine(line: string): { marker: string; patterns: string; rest: string } {
  const words = line.trim().split(/\s+/);
  const marker = words[0]?.startsWith("@") ? (words.shift() ?? "") : "";
  const patterns = words.shift() ?? "";
  return patterns.startsWith("#")
    ? { marker, patterns: "", rest: "" }
    : { marker, patterns, rest: words.join(" ") };
}

/** Whether a host is listed. A negated pattern that matches excludes it, whatever else matches. */
function isListed(patterns: string, name: string): boolean {
  if (patterns.startsWith("|1|")) return isHashOf(patterns, name);
  const list = patterns.toLowerCase().split(",").filter(Boolean);
  const excludes = list.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  if (excludes.some((pattern) => matches(pattern, name))) return false;
  return list.some((pattern) => !pattern.startsWith("!") && matches(pattern, name));
}

/** `|1|salt|hash`, where the hash is the HMAC-SHA1 of the name under the salt. */
function isHashOf(hashed: string, name: string): boolean {
  const [, , salt, hash] = hashed.split("|");
  if (!salt || !hash) return false;
  const expected = Buffer.from(hash, "base64");
  const actual = createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Matches a pattern: `*` is any characters, `?` is one, everything else is itself. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(name);
}
