import type { ParsedKey } from "ssh2";
import type { Certificate } from "./certificate";

/** A key that is offered with its certificate. It signs like the key alone. */
export interface CertifiedKey extends ParsedKey {
  readonly certificate: Certificate;
}

/** Joins a key and its certificate. ssh2 takes the result for the key, except for what it shows to the server. */
export function certifiedKey(key: ParsedKey, certificate: Certificate): CertifiedKey {
  // ssh2 keeps a key's parts under symbols of its own, so the key stays behind it as its prototype.
  return Object.create(key, {
    certificate: { value: certificate },
    getPublicSSH: { value: () => certificate.blob },
  }) as CertifiedKey;
}

/** Returns the certificate with which a key is offered; undefined for a key alone. */
export function certificateOf(key: ParsedKey): Certificate | undefined {
  return (key as Partial<CertifiedKey>).certificate;
}

/** Returns a key's own bytes, without its certificate: programs show the fingerprint of these. */
export function plainBlob(key: ParsedKey): Buffer {
  return certificateOf(key)?.key.blob ?? key.getPublicSSH();
}
