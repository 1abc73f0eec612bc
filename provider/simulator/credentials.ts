import { X509Certificate } from "node:crypto";
import { utils } from "ssh2";
import { selfSigned } from "./self-signed";

/** An SSH key pair: the private key as OpenSSH writes it, the public key as one line of `authorized_keys`. */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** A self-signed certificate, all in PEM, with the SHA-256 fingerprint in hex and colons. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly fingerprint: string;
}

/**
 * Makes an Ed25519 key pair. Discards about one in 250 from ssh2 that is a byte short, because ssh2 drops a leading
 * zero of the public half.
 */
export function makeKeyPair(): KeyPair {
  for (;;) {
    const pair = utils.generateKeyPairSync("ed25519");
    if (isWhole(pair.private) && isWhole(pair.public))
      return { privateKey: pair.private, publicKey: pair.public };
  }
}

/** Makes a certificate for a host name. */
export function makeCertificate(hostname: string): Certificate {
  const made = selfSigned(hostname);
  return { ...made, fingerprint: new X509Certificate(made.cert).fingerprint256 };
}

/** Length of an Ed25519 public key in SSH's wire form: two length fields, the algorithm's name, 32 bytes. */
const publicKeyLength = 4 + "ssh-ed25519".length + 4 + 32;

function isWhole(text: string): boolean {
  const key = utils.parseKey(text);
  return !(key instanceof Error) && key.getPublicSSH().length === publicKeyLength;
}
