import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { lengthAndBytes, WireReader, withoutZeros } from "../wire";

/** An OpenSSH certificate: a key, and who certifies what about it. */
export interface Certificate {
  /** Such as `ssh-ed25519-cert-v01@openssh.com`. */
  readonly type: string;
  readonly blob: Buffer;
  /** The certified key alone. */
  readonly key: { readonly type: string; readonly blob: Buffer };
  readonly isForHosts: boolean;
  readonly keyId: string;
  readonly principals: readonly string[];
  /** Seconds since 1970. */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  readonly criticalOptions: readonly string[];
  readonly authority: Buffer;
  readonly isSignedByAuthority: boolean;
}

const suffix = "-cert-v01@openssh.com";

/** How many fields a key has after its type. */
const fieldsOf: Readonly<Record<string, number>> = {
  "ssh-ed25519": 1,
  "ssh-rsa": 2,
  "ecdsa-sha2-nistp256": 2,
  "ecdsa-sha2-nistp384": 2,
  "ecdsa-sha2-nistp521": 2,
};

/** Parses a certificate; undefined for anything else, such as a plain key. */
export function parseCertificate(blob: Buffer): Certificate | undefined {
  try {
    return read(blob);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function read(blob: Buffer): Certificate | undefined {
  const reader = new WireReader(blob);
  const type = reader.text();
  const keyType = type.endsWith(suffix) ? type.slice(0, -suffix.length) : "";
  const fields = fieldsOf[keyType];
  if (fields === undefined) return undefined;
  reader.bytesOf(); // The nonce.
  const parts = Array.from({ length: fields }, () => lengthAndBytes(reader.bytesOf()));
  const key = { type: keyType, blob: Buffer.concat([lengthAndBytes(keyType), ...parts]) };
  reader.large(); // The serial number.
  const isForHosts = reader.number() === 2;
  const keyId = reader.text();
  const principals = textsIn(reader.bytesOf());
  const [validAfter, validBefore] = [reader.large(), reader.large()];
  const criticalOptions = textsIn(reader.bytesOf()).filter((_text, place) => place % 2 === 0);
  reader.bytesOf(); // Extensions, which are about users.
  reader.bytesOf(); // Reserved.
  const authority = reader.bytesOf();
  const signed = blob.subarray(0, reader.position);
  const isSignedByAuthority = isSigned(signed, reader.bytesOf(), authority);
  const validity = { validAfter, validBefore };
  return {
    type,
    blob,
    key,
    isForHosts,
    keyId,
    principals,
    ...validity,
    criticalOptions,
    authority,
    isSignedByAuthority,
  };
}

function textsIn(bytes: Buffer): string[] {
  const reader = new WireReader(bytes);
  const texts: string[] = [];
  while (!reader.isAtEnd) texts.push(reader.text());
  return texts;
}

/** Kinds of signatures that prove something today; no SHA-1. */
const hashes: Readonly<Record<string, string | null>> = {
  "ssh-ed25519": null,
  "rsa-sha2-256": "sha256",
  "rsa-sha2-512": "sha512",
  "ecdsa-sha2-nistp256": "sha256",
  "ecdsa-sha2-nistp384": "sha384",
  "ecdsa-sha2-nistp521": "sha512",
};

/** A key or signature that Node does not accept proves nothing. */
function isSigned(data: Buffer, signature: Buffer, signer: Buffer): boolean {
  try {
    return verifies(data, signature, signer);
  } catch {
    return false;
  }
}

function verifies(data: Buffer, signature: Buffer, signer: Buffer): boolean {
  const reader = new WireReader(signature);
  const algorithm = reader.text();
  const bytes = reader.bytesOf();
  const hash = hashes[algorithm];
  const key = keyObject(signer);
  if (hash === undefined || !key || !fits(algorithm, signer)) return false;
  if (!algorithm.startsWith("ecdsa-")) return verify(hash, data, key, bytes);
  const numbers = new WireReader(bytes);
  const size = Math.ceil(Number(algorithm.slice(-3)) / 8);
  const [r, s] = [numbers.bytesOf(), numbers.bytesOf()].map((number) => padded(number, size));
  return verify(hash, data, { key, dsaEncoding: "ieee-p1363" }, Buffer.concat([r!, s!]));
}

/** Whether a kind of signature belongs to a kind of key. */
function fits(algorithm: string, signer: Buffer): boolean {
  const type = new WireReader(signer).text();
  return type === (algorithm.startsWith("rsa-") ? "ssh-rsa" : algorithm);
}

const curves: Readonly<Record<string, string>> = { nistp256: "P-256", nistp384: "P-384", nistp521: "P-521" };

/** Makes a public key of Node's from one of SSH's; undefined for a kind that is not known here. */
function keyObject(blob: Buffer): KeyObject | undefined {
  const reader = new WireReader(blob);
  const type = reader.text();
  const jwk = (fields: Record<string, string>): KeyObject => createPublicKey({ key: fields, format: "jwk" });
  const next = (): string => withoutZeros(reader.bytesOf()).toString("base64url");
  if (type === "ssh-ed25519")
    return jwk({ kty: "OKP", crv: "Ed25519", x: reader.bytesOf().toString("base64url") });
  if (type === "ssh-rsa") return jwk({ kty: "RSA", e: next(), n: next() });
  const crv = type.startsWith("ecdsa-") ? curves[reader.text()] : undefined;
  if (crv === undefined) return undefined;
  const point = reader.bytesOf().subarray(1);
  const [x, y] = [point.subarray(0, point.length / 2), point.subarray(point.length / 2)];
  return jwk({ kty: "EC", crv, x: x.toString("base64url"), y: y.toString("base64url") });
}

function padded(number: Buffer, size: number): Buffer {
  const digits = withoutZeros(number);
  return Buffer.concat([Buffer.alloc(Math.max(0, size - digits.length)), digits]);
}
