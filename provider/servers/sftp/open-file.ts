import { isCount, isHandle, isStats } from "./answers";
import { isUnsupported, type SftpSession } from "./session";

/** Fits into one SFTP packet of every server, so that later requests may be sent before it is answered. */
const packet = 16 * 1024;

/** Bytes of a file at most: WHM's are some kilobytes, and one without end must not fill the memory. */
const largestFile = 8 * 1024 * 1024;
/** Reads of one file at most, so that a server which gives a byte at a time comes to an end as well. */
const mostReads = 8 * (largestFile / packet);

export interface FileAttributes {
  mode: number;
  owner?: { uid: number; gid: number };
}

/** To read, to append and read back, or to make it and fail when it is there. */
export type OpenFlags = "r" | "a+" | "wx";

/** A file that is open on the server. All its errors speak of what it was opened for. */
export class OpenFile {
  private constructor(
    private readonly session: SftpSession,
    private readonly phrase: string,
    private readonly handle: Buffer,
  ) {}

  static async open(
    session: SftpSession,
    phrase: string,
    path: string,
    { flags, mode }: { flags: OpenFlags; mode: number },
  ): Promise<OpenFile> {
    const handle = await session.ask(phrase, isHandle, (sftp, done) =>
      sftp.open(path, flags, { mode }, done),
    );
    return new OpenFile(session, phrase, handle);
  }

  /** All its bytes. */
  readAll(): Promise<Buffer> {
    return this.readFrom(0);
  }

  /** Its bytes from a position on. The size is asked for and the beginning read at the same time. */
  async readFrom(position: number): Promise<Buffer> {
    const [size, start] = await Promise.all([this.size(), this.readAt(position)]);
    const parts = [start];
    let end = position + start.length;
    if (size > largestFile) throw this.tooLarge();
    while (end < size) {
      if (parts.length === mostReads) throw this.tooLarge();
      const part = await this.readAt(end);
      if (part.length === 0) break;
      parts.push(part);
      end += part.length;
    }
    return Buffer.concat(parts);
  }

  async write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return;
    await this.session.request<void>(this.phrase, (sftp, done) =>
      sftp.write(this.handle, bytes, 0, bytes.length, 0, (error) => done(error)),
    );
  }

  /** Adds bytes at the end: all of them or, when the disk is full half-way, none. */
  async append(bytes: Buffer): Promise<void> {
    const size = this.size();
    const written = this.write(bytes);
    try {
      await Promise.all([size, written]);
    } catch (error) {
      await this.takeBack(size, bytes).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Writes, sets mode and owner, brings it to the disk and closes it: sent in one go where the content fits into a
   * packet, since servers keep the order.
   */
  async fill(bytes: Buffer, { mode, owner }: FileAttributes): Promise<void> {
    const written = this.write(bytes);
    if (bytes.length > packet) await this.orClosed(written);
    const attributes = { mode, ...owner };
    await Promise.all([
      written,
      this.session.request<void>(this.phrase, (sftp, done) =>
        sftp.fsetstat(this.handle, attributes, (error) => done(error)),
      ),
      this.sync(),
      this.close(),
    ]);
  }

  close(): Promise<void> {
    return this.session.request<void>(this.phrase, (sftp, done) =>
      sftp.close(this.handle, (error) => done(error)),
    );
  }

  /** A file that stays open keeps its place on a full disk, even when it has been removed. */
  private async orClosed(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      await this.close().catch(() => undefined);
      throw error;
    }
  }

  private async size(): Promise<number> {
    const stats = await this.session.ask(this.phrase, isStats, (sftp, done) => sftp.fstat(this.handle, done));
    return stats.size;
  }

  /** Half a line would run into the next one that somebody appends. */
  private async takeBack(before: Promise<number>, bytes: Buffer): Promise<void> {
    const size = await before;
    const tail = await this.readFrom(size);
    const isOurs = tail.length < bytes.length && bytes.subarray(0, tail.length).equals(tail);
    if (tail.length === 0 || !isOurs) return;
    await this.session.request<void>(this.phrase, (sftp, done) =>
      sftp.fsetstat(this.handle, { size }, (error) => done(error)),
    );
  }

  private async readAt(position: number): Promise<Buffer> {
    const buffer = Buffer.alloc(packet);
    const count = await this.session.ask(this.phrase, isCount, (sftp, done) =>
      sftp.read(this.handle, buffer, 0, packet, position, done),
    );
    return buffer.subarray(0, count);
  }

  private tooLarge(): Error {
    return this.session.unexpected(
      this.phrase,
      `it holds more than ${largestFile} bytes, or they come in more than ${mostReads} pieces`,
    );
  }

  /** To the disk, where the server can: after a power cut the file is whole. */
  private async sync(): Promise<void> {
    try {
      await this.session.request<void>(this.phrase, (sftp, done) =>
        sftp.ext_openssh_fsync(this.handle, (error) => done(error)),
      );
    } catch (error) {
      if (!isUnsupported(error)) throw error;
    }
  }
}
