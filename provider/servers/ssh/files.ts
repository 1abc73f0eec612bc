import { randomBytes } from "node:crypto";
import type { Stats } from "ssh2";
import { isGeneralFailure, isMissing, isUnsupported, type SftpSession } from "./sftp-session";
import { decodeText, encodeText } from "./text";

export interface FileStatus {
  size: number;
  /** Permission bits, without the file's type. */
  mode: number;
  uid: number;
  gid: number;
  /** Time of the last change by the server's clock, in seconds since 1970. */
  modified: number;
  isDirectory: boolean;
}

export interface AtomicWriteOptions {
  /** Permission bits of the file. */
  mode: number;
  /** Where the temporary file lies: on the same file system, and never where a program looks for files. */
  temporaryDirectory: string;
  /** @default whoever logs in */
  owner?: { uid: number; gid: number };
}

/** Fits into one SFTP packet of every server, so that later requests may be sent before it is answered. */
const packet = 16 * 1024;

/** The files of a server, over SFTP: no shell, no quoting, no argument list. */
export class Files {
  constructor(private readonly session: SftpSession) {}

  /** The text of a file; undefined when there is none. Bytes that are no UTF-8 survive a read and a write. */
  async read(path: string): Promise<string | undefined> {
    const bytes = await this.readBytes(path);
    return bytes && decodeText(bytes);
  }

  /** The bytes of a file; undefined when there is none. */
  async readBytes(path: string): Promise<Buffer | undefined> {
    const phrase = `read ${path}`;
    const handle = await orMissing(this.open(phrase, path, "r"));
    if (!handle) return undefined;
    try {
      return await this.readAll(phrase, handle);
    } finally {
      // Nobody waits for it: the bytes are here, and a handle that stays open harms nobody.
      this.close(phrase, handle).catch(() => undefined);
    }
  }

  /** What the server knows of a file, links followed; undefined when there is none. */
  async stat(path: string): Promise<FileStatus | undefined> {
    const stats = await orMissing(
      this.session.request<Stats>(`look at ${path}`, (sftp, done) => sftp.stat(path, done)),
    );
    return stats && fileStatus(stats);
  }

  /** Names of what a directory holds, sorted; undefined when there is no such directory. */
  async list(directory: string): Promise<string[] | undefined> {
    const entries = await orMissing(
      this.session.request<{ filename: string }[]>(`list ${directory}`, (sftp, done) =>
        sftp.readdir(directory, done),
      ),
    );
    return entries?.map((entry) => entry.filename).sort();
  }

  /**
   * Puts a file in place in one step: whoever reads it sees the old content or the new one, never a part, and after a
   * failure the old one is still there.
   */
  async writeAtomically(path: string, content: string | Buffer, options: AtomicWriteOptions): Promise<void> {
    const phrase = `write ${path}`;
    const temporary = `${options.temporaryDirectory}/.${randomBytes(8).toString("hex")}.new`;
    const handle = await this.open(phrase, temporary, "wx", 0o600);
    try {
      await this.fill(phrase, handle, { bytes: asBytes(content), ...options });
      await this.session.request<void>(phrase, (sftp, done) =>
        sftp.ext_openssh_rename(temporary, path, ignoreValue(done)),
      );
    } catch (error) {
      await this.unlink(phrase, temporary).catch(() => undefined);
      throw error;
    }
  }

  /** Adds text at the end of a file in one write, which is made when there is none. */
  async append(path: string, text: string, mode = 0o644): Promise<void> {
    const phrase = `append to ${path}`;
    const handle = await this.open(phrase, path, "a", mode);
    const bytes = encodeText(text);
    await this.writeAll(phrase, handle, bytes).finally(() => this.close(phrase, handle));
  }

  /** Makes a file unless there is one; false when there is. */
  async createExclusively(path: string, content: string, mode: number): Promise<boolean> {
    const phrase = `create ${path}`;
    const handle = await this.openNew(phrase, path, mode);
    if (!handle) return false;
    await this.writeAll(phrase, handle, encodeText(content)).finally(() => this.close(phrase, handle));
    return true;
  }

  /** Makes a directory; one that is there already stays as it is. Its parent must exist. */
  async makeDirectory(path: string, mode: number): Promise<void> {
    try {
      await this.session.request<void>(`make the directory ${path}`, (sftp, done) =>
        sftp.mkdir(path, { mode }, ignoreValue(done)),
      );
    } catch (error) {
      if (isGeneralFailure(error) && (await this.stat(path))?.isDirectory) return;
      throw error;
    }
  }

  /** Removes a file; false when there was none. */
  async remove(path: string): Promise<boolean> {
    const removed = await orMissing(this.unlink(`remove ${path}`, path).then(() => true));
    return removed ?? false;
  }

  /** Makes an empty file unless there is one; the content of one that is there stays. */
  async touch(path: string, mode: number): Promise<void> {
    const phrase = `touch ${path}`;
    const handle = await this.open(phrase, path, "a", mode);
    await this.close(phrase, handle);
  }

  /** Gives a file a new time of last change, by this machine's clock. */
  async refresh(path: string): Promise<void> {
    const now = new Date();
    await this.session.request<void>(`refresh ${path}`, (sftp, done) =>
      sftp.utimes(path, now, now, ignoreValue(done)),
    );
  }

  /** Renames a file; fails when the new name is taken. */
  async rename(from: string, to: string): Promise<void> {
    await this.session.request<void>(`rename ${from} to ${to}`, (sftp, done) =>
      sftp.rename(from, to, ignoreValue(done)),
    );
  }

  private open(phrase: string, path: string, flags: "r" | "wx" | "a", mode = 0o600): Promise<Buffer> {
    return this.session.request<Buffer>(phrase, (sftp, done) => sftp.open(path, flags, { mode }, done));
  }

  /** SFTP does not say why it refused; a file that is there explains it, one that has just gone is worth another try. */
  private async openNew(phrase: string, path: string, mode: number): Promise<Buffer | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.open(phrase, path, "wx", mode);
      } catch (error) {
        if (!isGeneralFailure(error)) throw error;
        if (await this.stat(path)) return undefined;
        if (tries === 3) throw error;
      }
    }
  }

  private close(phrase: string, handle: Buffer): Promise<void> {
    return this.session.request<void>(phrase, (sftp, done) => sftp.close(handle, ignoreValue(done)));
  }

  private unlink(phrase: string, path: string): Promise<void> {
    return this.session.request<void>(phrase, (sftp, done) => sftp.unlink(path, ignoreValue(done)));
  }

  private async readAll(phrase: string, handle: Buffer): Promise<Buffer> {
    const [stats, start] = await Promise.all([
      this.session.request<Stats>(phrase, (sftp, done) => sftp.fstat(handle, done)),
      this.readAt(phrase, handle, 0),
    ]);
    const parts = [start];
    let length = start.length;
    while (length < stats.size) {
      const part = await this.readAt(phrase, handle, length);
      if (part.length === 0) break;
      parts.push(part);
      length += part.length;
    }
    return Buffer.concat(parts);
  }

  private readAt(phrase: string, handle: Buffer, position: number): Promise<Buffer> {
    const buffer = Buffer.alloc(packet);
    return this.session
      .request<number>(phrase, (sftp, done) => sftp.read(handle, buffer, 0, packet, position, done))
      .then((count) => buffer.subarray(0, count));
  }

  private writeAll(phrase: string, handle: Buffer, bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return Promise.resolve();
    return this.session.request<void>(phrase, (sftp, done) =>
      sftp.write(handle, bytes, 0, bytes.length, 0, ignoreValue(done)),
    );
  }

  /** Writes, sets mode and owner, syncs and closes: sent in one go where the content fits, since servers keep the order. */
  private async fill(
    phrase: string,
    handle: Buffer,
    file: { bytes: Buffer; mode: number; owner?: { uid: number; gid: number } },
  ): Promise<void> {
    const written = this.writeAll(phrase, handle, file.bytes);
    if (file.bytes.length > packet) await written;
    const attributes = { mode: file.mode, ...file.owner };
    await Promise.all([
      written,
      this.session.request<void>(phrase, (sftp, done) =>
        sftp.fsetstat(handle, attributes, ignoreValue(done)),
      ),
      this.sync(phrase, handle),
      this.close(phrase, handle),
    ]);
  }

  /** To the disk, where the server can: after a power cut the file is whole. */
  private sync(phrase: string, handle: Buffer): Promise<void> {
    return this.session
      .request<void>(phrase, (sftp, done) => sftp.ext_openssh_fsync(handle, ignoreValue(done)))
      .catch((error: unknown) => {
        if (!isUnsupported(error)) throw error;
      });
  }
}

async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function ignoreValue(
  done: (error: Error | null | undefined, value: void) => void,
): (error?: Error | null) => void {
  return (error) => done(error, undefined);
}

function asBytes(content: string | Buffer): Buffer {
  return typeof content === "string" ? encodeText(content) : content;
}

function fileStatus(stats: Stats): FileStatus {
  return {
    size: stats.size,
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    modified: stats.mtime,
    isDirectory: stats.isDirectory(),
  };
}
