import { isCount, isHandle, isStats } from "./answers";
import { isUnsupported, type SftpSession } from "./session";

/** Fits into one SFTP packet of every server, so that later requests may be sent before the answer. */
const packet = 16 * 1024;

/** Maximum size of a file in bytes: WHM's are a few kilobytes, and one without end must not fill the memory. */
const largestFile = 8 * 1024 * 1024;
/** Maximum number of reads for a file, in case a server sends one byte at a time. */
const mostReads = 8 * (largestFile / packet);

export interface FileAttributes {
  mode: number;
  owner?: { uid: number; gid: number };
}

/** Read; append and read back; make the file, and fail if it exists. */
export type OpenFlags = "r" | "a+" | "wx";

/** An open file on the server. All its errors say what it was opened for. */
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

  /** Reads all its bytes. */
  readAll(): Promise<Buffer> {
    return this.readFrom(0);
  }

  /** Reads its bytes from a position on. Requests the size and the first bytes at the same time. */
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

  /** Appends bytes: all of them or, if the disk becomes full halfway, none. */
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
   * Writes the content, sets mode and owner, syncs to disk and closes. If the content fits into a packet, everything is
   * sent at once, because servers keep the order.
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

  /** Sets a mode that lets others than the owner in: the login's umask has taken that from a new file. */
  async openToOthers(mode: number): Promise<void> {
    if ((mode & 0o077) === 0) return;
    await this.session.request<void>(this.phrase, (sftp, done) =>
      sftp.fsetstat(this.handle, { mode }, (error) => done(error)),
    );
  }

  close(): Promise<void> {
    return this.session.request<void>(this.phrase, (sftp, done) =>
      sftp.close(this.handle, (error) => done(error)),
    );
  }

  /** Closes the file on failure: an open file keeps its space on a full disk, even when it has been removed. */
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

  /** Removes what was written of a failed append: half a line would run into the next one. */
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

  /** Syncs to disk if the server can, so that the file is complete after a power cut. */
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
