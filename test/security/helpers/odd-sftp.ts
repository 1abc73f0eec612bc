import type { ServerChannel } from "ssh2";

/** Numbers of the SFTP protocol, version 3. */
export const packetType = {
  ...{
    INIT: 1,
    VERSION: 2,
    OPEN: 3,
    CLOSE: 4,
    READ: 5,
    LSTAT: 7,
    FSTAT: 8,
    OPENDIR: 11,
    READDIR: 12,
    STAT: 17,
  },
  ...{ STATUS: 101, HANDLE: 102, DATA: 103, NAME: 104, ATTRS: 105, EXTENDED: 200 },
} as const;

/** A request as it came in. */
export interface OddRequest {
  readonly type: number;
  readonly id: number;
}

/** What is sent for a request: bytes as they are, or nothing. */
export type OddAnswer = (request: OddRequest) => Buffer | undefined;

/** Serves SFTP on a channel with whatever answers a test makes up, packet by packet. */
export function serveOddly(channel: ServerChannel, answer: OddAnswer): void {
  let waiting = Buffer.alloc(0);
  channel.on("error", () => undefined);
  channel.on("data", (part: Buffer) => {
    waiting = Buffer.concat([waiting, part]);
    while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32BE(0)) {
      const length = waiting.readUInt32BE(0);
      const [type, id] = [waiting.readUInt8(4), waiting.readUInt32BE(5)];
      waiting = waiting.subarray(4 + length);
      const reply = answer({ type, id });
      if (reply) channel.write(reply);
    }
  });
}

export const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
export const text = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([int(bytes.length), bytes]);
};
export const packet = (type: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.of(type), ...parts]);
  return Buffer.concat([int(body.length), body]);
};

/** Attributes with a size, as a plain file has them. */
export function attributes(size: number): Buffer {
  return Buffer.concat([int(5), int(Math.floor(size / 2 ** 32)), int(size % 2 ** 32), int(0o100600)]);
}

export const version = packet(packetType.VERSION, int(3));
export const status = (id: number, code: number): Buffer =>
  packet(packetType.STATUS, int(id), int(code), text("odd"), text(""));
export const handle = (id: number): Buffer => packet(packetType.HANDLE, int(id), text("h"));

/** A server that has one file of a certain size and gives a part of it for every read. */
export function fileOf(size: number, part: Buffer): OddAnswer {
  return ({ type, id }) => {
    if (type === packetType.INIT) return version;
    if (type === packetType.OPEN) return handle(id);
    if (type === packetType.FSTAT) return packet(packetType.ATTRS, int(id), attributes(size));
    if (type === packetType.READ) return packet(packetType.DATA, int(id), text(part));
    return status(id, 0);
  };
}

/** A server that has one directory and gives the same names for every question. */
export function directoryOf(names: readonly string[]): OddAnswer {
  const entries = names.map((name) => Buffer.concat([text(name), text(name), int(0)]));
  return ({ type, id }) => {
    if (type === packetType.INIT) return version;
    if (type === packetType.OPENDIR) return handle(id);
    if (type === packetType.READDIR) return packet(packetType.NAME, int(id), int(names.length), ...entries);
    return status(id, 0);
  };
}
