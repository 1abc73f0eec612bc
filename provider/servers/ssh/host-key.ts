import { createHash } from "node:crypto";
import { type ServerHostKeyAlgorithm, utils } from "ssh2";

/** A server's public key in wire format. */
export interface HostKey {
  /** For example `ssh-ed25519`. */
  type: string;
  blob: Buffer;
}

/** Key types with the algorithms that prove their ownership; no SHA-1. */
const algorithms: Record<string, ServerHostKeyAlgorithm[]> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

/**
 * Parses public keys, one per line, in `authorized_keys` or `known_hosts` format. Ignores whatever is before the type
 * and after the key. Returns an empty list if there is no key in the text.
 */
export function parseHostKeys(text: string): HostKey[] {
  return text.split(/\r?\n/).flatMap((line) => parseHostKey(line) ?? []);
}

/** Lists the algorithms to offer so that the server shows one of these keys and no other. */
export function algorithmsFor(keys: readonly HostKey[]): ServerHostKeyAlgorithm[] {
  return [...new Set(keys.flatMap((key) => algorithms[key.type] ?? []))];
}

/** All algorithms, accepted while no key is known yet. */
export const allAlgorithms = Object.values(algorithms).flat();

/** Returns the type in a key's own bytes. */
export function keyType(blob: Buffer): string {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  return blob.subarray(4, 4 + length).toString("latin1");
}

/** Returns a key's fingerprint as OpenSSH prints it. */
export function keyFingerprint(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** Describes a key so that people can compare it. */
export function describeKey(blob: Buffer): string {
  return `${keyType(blob)} ${keyFingerprint(blob)}`;
}

function parseHostKey(line: string): HostKey | undefined {
  const words = line.trim().split(/\s+/);
  const at = words.findIndex((word) => Object.hasOwn(algorithms, word));
  const encoded = words[at + 1];
  if (at < 0 || encoded === undefined) return undefined;
  const key = utils.parseKey(`${words[at]} ${encoded}`);
  if (key instanceof Error) return undefined;
  const blob = key.getPublicSSH();
  return { type: keyType(blob), blob };
}
