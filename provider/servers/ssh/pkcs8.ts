import { createPrivateKey, type KeyObject } from "node:crypto";
import { lengthAndBytes, numberBytes } from "./wire";

// PKCS #8 is what `ssh-keygen -m PKCS8`, openssl and password managers write. ssh2 can't read it, Node can.

/** Whether a private key is PKCS #8, encrypted or not. */
export function isPkcs8(text: string): boolean {
  return /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----\r?\n/.test(text);
}

/**
 * Writes a PKCS #8 key in a format that ssh2 reads.
 *
 * @throws Error that speaks of a passphrase or a kind of key in the words of ssh2
 */
export function fromPkcs8(text: string, passphrase: string | undefined): string {
  const key = text.startsWith("-----BEGIN ENCRYPTED") ? decrypted(text, passphrase) : createPrivateKey(text);
  const kind = key.asymmetricKeyType;
  if (kind === "rsa") return key.export({ type: "pkcs1", format: "pem" }).toString();
  if (kind === "ec") return key.export({ type: "sec1", format: "pem" }).toString();
  if (kind === "ed25519") return ed25519Text(key);
  throw new Error(`Unsupported private key type: ${kind}`);
}

function decrypted(text: string, passphrase: string | undefined): KeyObject {
  // Without one, OpenSSL would ask a terminal.
  if (passphrase === undefined) throw new Error("no passphrase given");
  try {
    return createPrivateKey({ key: text, passphrase });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_OSSL_EVP_UNSUPPORTED")
      throw new Error("unsupported encryption");
    // One wrong passphrase in 256 decrypts to bytes whose padding fits: only then are they no key.
    throw new Error("bad passphrase");
  }
}

/** Writes an Ed25519 key as OpenSSH does (PROTOCOL.key), for which OpenSSL has no format. */
function ed25519Text(key: KeyObject): string {
  const { d = "", x = "" } = key.export({ format: "jwk" });
  const [seed, point] = [Buffer.from(d, "base64url"), Buffer.from(x, "base64url")];
  const type = lengthAndBytes("ssh-ed25519");
  const check = numberBytes(0);
  const secret = [
    check,
    check,
    type,
    lengthAndBytes(point),
    lengthAndBytes(Buffer.concat([seed, point])),
    lengthAndBytes(""),
  ];
  const blob = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    ...[lengthAndBytes("none"), lengthAndBytes("none"), lengthAndBytes(""), numberBytes(1)],
    lengthAndBytes(Buffer.concat([type, lengthAndBytes(point)])),
    lengthAndBytes(padded(Buffer.concat(secret))),
  ]);
  const lines = blob.toString("base64").match(/.{1,70}/g) ?? [];
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----"].join("\n");
}

/** Fills up to blocks of eight bytes with 1, 2, 3 and so on. */
function padded(bytes: Buffer): Buffer {
  const missing = (8 - (bytes.length % 8)) % 8;
  return Buffer.concat([bytes, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))]);
}
