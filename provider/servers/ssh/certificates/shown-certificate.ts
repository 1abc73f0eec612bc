import { createECDH, generateKeyPairSync, getDiffieHellman, randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import { type Certificate, parseCertificate } from "./certificate";
import { lengthAndBytes, positiveNumber, WireReader } from "../wire";

// ssh2 can't ask for a certificate. So it is asked for on a connection of its own, with the beginning of a key exchange, as
// ssh-keyscan -c does. Nothing in it is secret, and it proves nothing yet: the authority's signature is checked next, and
// ssh2's own key exchange proves that the server has the certified key.

const messages = { disconnect: 1, keyExchangeInit: 20, exchangeInit: 30, exchangeReply: 31 };

const certificateAlgorithms = [
  "ssh-ed25519-cert-v01@openssh.com",
  "ecdsa-sha2-nistp256-cert-v01@openssh.com",
  "ecdsa-sha2-nistp384-cert-v01@openssh.com",
  "ecdsa-sha2-nistp521-cert-v01@openssh.com",
  "rsa-sha2-512-cert-v01@openssh.com",
  "rsa-sha2-256-cert-v01@openssh.com",
];

/** Key exchanges that ssh2 knows too, each with a public value to begin it. */
const exchanges: Readonly<Record<string, () => Buffer>> = {
  "curve25519-sha256": curve25519,
  "curve25519-sha256@libssh.org": curve25519,
  "ecdh-sha2-nistp256": () => lengthAndBytes(createECDH("prime256v1").generateKeys()),
  "ecdh-sha2-nistp384": () => lengthAndBytes(createECDH("secp384r1").generateKeys()),
  "ecdh-sha2-nistp521": () => lengthAndBytes(createECDH("secp521r1").generateKeys()),
  "diffie-hellman-group16-sha512": () => positiveNumber(getDiffieHellman("modp16").generateKeys()),
  "diffie-hellman-group14-sha256": () => positiveNumber(getDiffieHellman("modp14").generateKeys()),
};

function curve25519(): Buffer {
  const { publicKey } = generateKeyPairSync("x25519");
  return lengthAndBytes(publicKey.export({ type: "spki", format: "der" }).subarray(-32));
}

/** Returns the certificate that a server shows; undefined if it has none. Uses up the connection. */
export async function shownCertificate(stream: Duplex): Promise<Certificate | undefined> {
  const packets = packetsOf(stream);
  try {
    stream.write("SSH-2.0-pulumi-whm\r\n");
    stream.write(packet(ownInit()));
    const init = await payloadOf(packets, messages.keyExchangeInit);
    const [exchange, algorithm] = init ? agreed(init) : [];
    const begin = exchange === undefined ? undefined : exchanges[exchange];
    if (!begin || algorithm === undefined) return undefined;
    stream.write(packet(Buffer.concat([Buffer.of(messages.exchangeInit), begin()])));
    const reply = await payloadOf(packets, messages.exchangeReply);
    return reply && parseCertificate(reply.bytesOf());
  } finally {
    stream.destroy();
  }
}

/** Returns the key exchange and the kind of certificate that both sides know. */
function agreed(init: WireReader): [exchange: string | undefined, algorithm: string | undefined] {
  init.skip(16);
  const [offered, hostKeys] = [init.text().split(","), init.text().split(",")];
  return [
    Object.keys(exchanges).find((each) => offered.includes(each)),
    certificateAlgorithms.find((each) => hostKeys.includes(each)),
  ];
}

function ownInit(): Buffer {
  const ciphers =
    "aes128-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com";
  const codes = "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";
  const lists = [
    Object.keys(exchanges).join(),
    certificateAlgorithms.join(),
    ...[ciphers, ciphers, codes, codes],
    ...["none", "none", "", ""],
  ];
  const end = Buffer.alloc(5);
  return Buffer.concat([
    Buffer.of(messages.keyExchangeInit),
    randomBytes(16),
    ...lists.map(lengthAndBytes),
    end,
  ]);
}

/** Waits for a message of a kind; undefined if the server ends the conversation before. */
async function payloadOf(
  packets: AsyncGenerator<Buffer, void>,
  wanted: number,
): Promise<WireReader | undefined> {
  for (;;) {
    const next = await packets.next();
    if (next.done) return undefined;
    const reader = new WireReader(next.value);
    const kind = reader.byte();
    if (kind === wanted) return reader;
    if (kind === messages.disconnect) return undefined;
  }
}

/** As long as nothing is encrypted: length, length of the padding, payload, padding. */
function packet(payload: Buffer): Buffer {
  const padding = 8 - ((payload.length + 5) % 8) + 8;
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length + padding + 1);
  head.writeUInt8(padding, 4);
  return Buffer.concat([head, payload, randomBytes(padding)]);
}

/** No message of a key exchange is longer. */
const longestPacket = 262_144;

/** Yields the payloads that arrive, after the server's greeting. */
async function* packetsOf(stream: Duplex): AsyncGenerator<Buffer, void> {
  let bytes = Buffer.alloc(0);
  let isGreeted = false;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    if (!isGreeted) {
      const greeting = /^(?:(?!SSH-)[^\n]*\n)*SSH-[^\n]*\n/.exec(bytes.toString("latin1"));
      if (greeting) bytes = bytes.subarray(greeting[0].length);
      isGreeted = greeting !== null;
    }
    while (isGreeted && bytes.length >= 5) {
      const length = bytes.readUInt32BE();
      if (length > longestPacket) return;
      if (bytes.length < 4 + length) break;
      yield bytes.subarray(5, 4 + length - bytes.readUInt8(4));
      bytes = bytes.subarray(4 + length);
    }
    if (bytes.length > longestPacket) return;
  }
}
