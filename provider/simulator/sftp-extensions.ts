import type { SFTPWrapper } from "ssh2";

/** The part of ssh2 used here: its public interface can't offer extensions. */
interface SftpInternals {
  _protocol: { channelData(channel: number, payload: Buffer): void };
}

const versionPacketType = 2;

/**
 * Makes the server side of ssh2 offer SFTP extensions: its first packet, which is only the protocol version, is sent
 * with their names and versions appended. Extended requests then arrive as the public event `EXTENDED`.
 */
export function offerExtensions(sftp: SFTPWrapper, extensions: Readonly<Record<string, string>>): void {
  const internals = sftp as unknown as SftpInternals;
  const protocol = internals._protocol;
  internals._protocol = Object.create(protocol, {
    channelData: {
      value: (channel: number, payload: Buffer) => {
        internals._protocol = protocol;
        protocol.channelData(
          channel,
          payload[4] === versionPacketType ? extend(payload, extensions) : payload,
        );
      },
    },
  }) as SftpInternals["_protocol"];
}

function extend(packet: Buffer, extensions: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(extensions).flat().map(withLength);
  const extended = Buffer.concat([packet, ...pairs]);
  extended.writeUInt32BE(extended.length - 4, 0);
  return extended;
}

function withLength(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
}

/** Parses the strings of an extended request. */
export function readStrings(data: Buffer): Buffer[] {
  const strings: Buffer[] = [];
  for (let at = 0; at + 4 <= data.length;) {
    const end = at + 4 + data.readUInt32BE(at);
    strings.push(data.subarray(at + 4, end));
    at = end;
  }
  return strings;
}
