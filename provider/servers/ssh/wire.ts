/** Reads the fields of an SSH message or key, one after the other. */
export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** How many bytes have been read. */
  get position(): number {
    return this.at;
  }

  byte(): number {
    return this.take(1).readUInt8();
  }

  number(): number {
    return this.take(4).readUInt32BE();
  }

  /** Reads a 64-bit number. */
  large(): bigint {
    return this.take(8).readBigUInt64BE();
  }

  /** Reads bytes with their length before them. */
  bytesOf(): Buffer {
    return this.take(this.number());
  }

  text(): string {
    return this.bytesOf().toString("utf8");
  }

  skip(count: number): void {
    this.take(count);
  }

  private take(count: number): Buffer {
    if (this.at + count > this.bytes.length) throw new RangeError("it ends too early");
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}

/** Writes a number of 32 bits. */
export function numberBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Writes bytes or text with their length before them. */
export function lengthAndBytes(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([numberBytes(bytes.length), bytes]);
}

/** Writes a positive number as SSH does: without zeros before it, and with one if it would be negative. */
export function positiveNumber(bytes: Buffer): Buffer {
  const digits = withoutZeros(bytes);
  const needsZero = (digits[0] ?? 0) >= 0x80;
  return lengthAndBytes(needsZero ? Buffer.concat([Buffer.alloc(1), digits]) : digits);
}

/** Leaves out the zeros before a number. */
export function withoutZeros(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? Buffer.alloc(0) : bytes.subarray(start);
}
