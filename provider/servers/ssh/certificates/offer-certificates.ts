import type { Client, ParsedKey } from "ssh2";
import { lengthAndBytes, WireReader } from "../wire";
import type { Certificate } from "./certificate";
import { certificateOf } from "./certified-key";

// ssh2 has no certificates of users (https://github.com/mscdex/ssh2/issues/551). It writes a key's algorithm twice: beside
// the key, where a certificate has a name of its own, and in the signature, where OpenSSH wants the plain name. So it is
// told the certificate's name, and the signature is corrected before it is encrypted.

type Sign = (data: Buffer, finish: (signature: Buffer) => void) => void;

/** The part of ssh2 that offers keys. */
interface Protocol {
  /** Optional, because a later ssh2 may be made otherwise: keys alone must still work with it. */
  authPK?(user: string, key: ParsedKey, algorithm: string | undefined, sign?: Sign): void;
  readonly _packetRW: { write: PacketWriter };
}

/** The part of ssh2 that makes the packets around messages. */
interface PacketWriter {
  /** Where a message begins in its packet. */
  readonly allocStart: number;
  alloc(size: number): Buffer;
  finalize(packet: Buffer): Buffer;
}

/**
 * Has an ssh2 client offer certified keys with their certificates.
 *
 * @param note told of each certificate that is offered
 */
export function offerCertificates(client: Client, note: (certificate: Certificate) => void): void {
  const { _protocol: protocol } = client as Client & { _protocol: Protocol };
  const offer = protocol.authPK?.bind(protocol);
  if (!offer) return;
  protocol.authPK = (user, key, algorithm = key.type, sign) => {
    const certificate = certificateOf(key);
    if (!certificate) return offer(user, key, algorithm, sign);
    const certified = `${algorithm}-cert-v01@openssh.com`;
    if (!sign) {
      note(certificate);
      return offer(user, key, certified);
    }
    offer(user, key, certified, (data, finish) =>
      sign(data, (signature) =>
        withCorrection(
          protocol._packetRW,
          (message) => withPlainName(message, certified, algorithm),
          () => finish(signature),
        ),
      ),
    );
  };
}

/** Lets some work write one message, which is corrected before it is put into a packet. */
function withCorrection(
  packets: Protocol["_packetRW"],
  correct: (message: Buffer) => Buffer,
  work: () => void,
): void {
  const { write } = packets;
  packets.write = {
    allocStart: 0,
    alloc: (size) => Buffer.alloc(size),
    finalize(message) {
      const corrected = correct(message);
      const packet = write.alloc(corrected.length);
      corrected.copy(packet, write.allocStart);
      return write.finalize(packet);
    },
  };
  try {
    work();
  } finally {
    packets.write = write;
  }
}

/** Names the plain algorithm in the signature of a log-in (RFC 4252, section 7). */
export function withPlainName(message: Buffer, certified: string, algorithm: string): Buffer {
  const reader = new WireReader(message);
  const skip = (count: number): void => {
    for (let field = 0; field < count; field++) reader.bytesOf();
  };
  reader.byte();
  skip(3); // The user, the service and the method.
  reader.byte();
  skip(2); // The algorithm and the key.
  const start = reader.position;
  const signature = new WireReader(reader.bytesOf());
  if (signature.text() !== certified) return message;
  const plain = Buffer.concat([lengthAndBytes(algorithm), lengthAndBytes(signature.bytesOf())]);
  return Buffer.concat([message.subarray(0, start), lengthAndBytes(plain)]);
}
