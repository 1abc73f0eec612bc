import type { Stats } from "ssh2";
import { isUnsupported, type SftpSession } from "./sftp-session";

/** Fits into one SFTP packet of every server, so that later requests may be sent before it is answered. */
const packet = 16 * 1024;

export interface FileAttributes {
  mode: number;
  owner?: { uid: number; gid: number };
}

/** A file that is open on the server. All its errors speak of what it was opened for. */
export class OpenFile {
  private constructor(
    private readonly session: SftpSession,
    private readonly phrase: string,
    private readonly handle: Buffer,
  ) {}

  /** Opens a file to read (`r`), to append (`a`), or to make it and fail when it is there (`wx`). */
  static async open(
    session: SftpSession,
    phrase: string,
    path: string,
    { flags, mode }: { flags: "r" | "a" | "wx"; mode: number },
  ): Promise<OpenFile> {
    const handle = await session.request<Buffer>(phrase, (sftp, done) =>
      sftp.open(path, flags, { mode }, done),
    );
    return new OpenFile(session, phrase, handle);
  }

  /** All its bytes. The size is asked for and the beginning read at the same time. */
  async readAll(): Promise<Buffer> {
    const [stats, start] = await Promise.all([
      this.session.request<Stats>(this.phrase, (sftp, done) => sftp.fstat(this.handle, done)),
      this.readAt(0),
    ]);
    const parts = [start];
    let length = start.length;
    while (length < stats.size) {
      const part = await this.readAt(length);
      if (part.length === 0) break;
      parts.push(part);
      length += part.length;
    }
    return Buffer.concat(parts);
  }

  async write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return;
    await this.session.request<void>(this.phrase, (sftp, done) =>
      sftp.write(this.handle, bytes, 0, bytes.length, 0, (error) => done(error)),
    );
  }

  /**
   * Writes, sets mode and owner, brings it to the disk and closes it: sent in one go where the content fits into a
   * packet, since servers keep the order.
   */
  async fill(bytes: Buffer, { mode, owner }: FileAttributes): Promise<void> {
    const written = this.write(bytes);
    if (bytes.length > packet) await written;
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

  private async readAt(position: number): Promise<Buffer> {
    const buffer = Buffer.alloc(packet);
    const count = await this.session.request<number>(this.phrase, (sftp, done) =>
      sftp.read(this.handle, buffer, 0, packet, position, done),
    );
    return buffer.subarray(0, count);
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
