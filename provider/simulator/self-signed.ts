import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

// Node reads certificates and makes none. Libraries that do weigh more than all of the simulator's others together, for one
// kind of certificate: X.509 version 3, P-256, one host name. RFC 5280 describes the parts, X.690 how they are written.

/** A certificate and its private key, in PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

const validDays = 365;
const day = 86_400_000;

/** Makes a certificate for a host name that signs itself. It counts from yesterday, for servers whose clock is late. */
export function selfSigned(hostname: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(ids.commonName, text(hostname))));
  const now = Date.now();
  const content = sequence(
    tagged(0, integer(Buffer.from([2]))), // version 3
    integer(serialNumber()),
    signatureAlgorithm,
    name,
    sequence(time(now - day), time(now + validDays * day)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(3, sequence(authority, namedHost(hostname))),
  );
  const signature = sign("sha256", content, privateKey);
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: pem(sequence(content, signatureAlgorithm, bits(signature))),
  };
}

/** Object identifiers, as they are written. */
const ids = {
  commonName: element(0x06, Buffer.from("550403", "hex")),
  basicConstraints: element(0x06, Buffer.from("551d13", "hex")),
  subjectAltName: element(0x06, Buffer.from("551d11", "hex")),
  ecdsaWithSha256: element(0x06, Buffer.from("2a8648ce3d040302", "hex")),
};

const signatureAlgorithm = sequence(ids.ecdsaWithSha256);

/** Lets `api.ca` name the certificate itself. */
const authority = sequence(ids.basicConstraints, yes(), octets(sequence(yes())));

function namedHost(hostname: string): Buffer {
  return sequence(ids.subjectAltName, octets(sequence(element(0x82, Buffer.from(hostname)))));
}

/** Twenty bytes at most, and positive. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | (bytes[0]! & 0x3f);
  return bytes;
}

function sequence(...parts: Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function set(...parts: Buffer[]): Buffer {
  return element(0x31, Buffer.concat(parts));
}

/** An element that is told from its neighbours by a number. */
function tagged(number: number, content: Buffer): Buffer {
  return element(0xa0 | number, content);
}

function integer(bytes: Buffer): Buffer {
  return element(0x02, bytes);
}

function text(value: string): Buffer {
  return element(0x0c, Buffer.from(value));
}

function bits(bytes: Buffer): Buffer {
  return element(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function octets(bytes: Buffer): Buffer {
  return element(0x04, bytes);
}

function yes(): Buffer {
  return element(0x01, Buffer.from([0xff]));
}

/** Such as 261130120000Z: two digits of the year, as is due until 2049. */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\.\d+|[-:T]/g, "");
  return element(0x17, Buffer.from(digits.slice(2)));
}

function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

/** Short lengths are one byte; longer ones follow the number of their bytes. */
function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const digits = bytes.toString(16);
  const value = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.from([0x80 | value.length]), value]);
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
