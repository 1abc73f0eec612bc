import { createHash } from "node:crypto";
import { type ServerHostKeyAlgorithm, utils } from "ssh2";

/** A server's public key as the wire carries it. */
export interface HostKey {
  /** Such as `ssh-ed25519`. */
  type: string;
  blob: Buffer;
}

/** Key types and the algorithms by which their owner proves to hold them; no SHA-1. */
const algorithms: Record<string, ServerHostKeyAlgorithm[]> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

/**
 * Reads public keys, one a line, as `authorized_keys` or `known_hosts` hold them: whatever stands before the type and
 * after the key is ignored. Empty when there is no key in the text.
 */
export function parseHostKeys(text: string): HostKey[] {
  return text.split(/\r?\n/).flatMap((line) => parseHostKey(line) ?? []);
}

/** The algorithms to offer so that the server shows one of these keys and no other. */
export function algorithmsFor(keys: readonly HostKey[]): ServerHostKeyAlgorithm[] {
  return [...new Set(keys.flatMap((key) => algorithms[key.type] ?? []))];
}

/** All algorithms that are accepted when no key is known yet. */
export const allAlgorithms = Object.values(algorithms).flat();

/** The type that is written in a key's own bytes. */
export function keyType(blob: Buffer): string {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  return blob.subarray(4, 4 + length).toString("latin1");
}

/** A key's fingerprint as OpenSSH prints it. */
export function keyFingerprint(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** A key as a person compares it. */
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
