import { generateKeyPairSync, sign } from "node:crypto";
import { lengthAndBytes, WireReader } from "../../../provider/servers/ssh/wire";

const pair = generateKeyPairSync("ed25519");
const raw = pair.publicKey.export({ type: "spki", format: "der" }).subarray(-32);

/** The key of the authority that signs these certificates, in wire format. */
export const authority = Buffer.concat([lengthAndBytes("ssh-ed25519"), lengthAndBytes(raw)]);

export interface CertificateFields {
  /** The certified key in wire format. @default the authority's own */
  key?: Buffer;
  /** 1 for a user, 2 for a host. @default 2 */
  type?: number;
  keyId?: string;
  principals?: string[];
  before?: bigint;
  after?: bigint;
  /** Name of a critical option. @default none */
  options?: string;
}

function numberOf(value: bigint, size: 4 | 8): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes.subarray(8 - size);
}

/** Makes a certificate in wire format (PROTOCOL.certkeys of OpenSSH). */
export function makeCertificate({
  key = authority,
  type = 2,
  keyId = "id",
  principals = ["ns1"],
  before = 2n ** 64n - 1n,
  after = 0n,
  options,
}: CertificateFields = {}): Buffer {
  const reader = new WireReader(key);
  const kind = reader.text();
  const body = Buffer.concat([
    lengthAndBytes(`${kind}-cert-v01@openssh.com`),
    lengthAndBytes("nonce"),
    key.subarray(reader.position),
    numberOf(1n, 8),
    numberOf(BigInt(type), 4),
    lengthAndBytes(keyId),
    lengthAndBytes(Buffer.concat(principals.map(lengthAndBytes))),
    numberOf(after, 8),
    numberOf(before, 8),
    lengthAndBytes(options ? Buffer.concat([lengthAndBytes(options), lengthAndBytes("")]) : ""),
    lengthAndBytes(""),
    lengthAndBytes(""),
    lengthAndBytes(authority),
  ]);
  const signature = sign(null, body, pair.privateKey);
  const signed = Buffer.concat([lengthAndBytes("ssh-ed25519"), lengthAndBytes(signature)]);
  return Buffer.concat([body, lengthAndBytes(signed)]);
}

/** Makes the text of a user's `-cert.pub` file. */
export function certificateText(fields: CertificateFields): string {
  const blob = makeCertificate({ type: 1, principals: ["root"], ...fields });
  return `${new WireReader(blob).text()} ${blob.toString("base64")} somebody\n`;
}
