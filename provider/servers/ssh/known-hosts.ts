import { createHmac, timingSafeEqual } from "node:crypto";
import { type HostKey, parseHostKeys } from "./host-key";

export interface KnownKeys {
  /** Keys under which the host is known. */
  trusted: HostKey[];
  /** Keys that must not be accepted from this host any more. */
  revoked: HostKey[];
}

/** What the text of a `known_hosts` file says of a host. Certificate authorities are passed over. */
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

/** The name under which `known_hosts` lists a host: the port is part of it unless it is 22. */
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

/** A negated pattern that matches excludes the host, whatever else matches. */
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

/** `*` stands for any characters, `?` for one; everything else for itself. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(name);
}
