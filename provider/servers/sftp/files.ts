import type { SFTPWrapper, Stats } from "ssh2";
import { editFile } from "./edit-file";
import { exchangeFile } from "./exchange-file";
import { link, moveOver } from "./file-names";
import { isReadable, listDirectory, mostNames } from "./list-directory";
import { OpenFile, type OpenFlags } from "./open-file";
import { type AtomicWriteOptions, replaceFile, withTemporary } from "./replace-file";
import { isStats, isText } from "./answers";
import { isGeneralFailure, orMissing, type SftpSession } from "./session";
import { underWay } from "../work-under-way";
import { decodeText, encodeText } from "./text";

export interface FileStatus {
  size: number;
  /** Permission bits, without the file type. */
  mode: number;
  uid: number;
  gid: number;
  /** Time of the last change by the server's clock, in seconds since 1970. */
  modified: number;
  isDirectory: boolean;
}

/** The files of a server, over SFTP: no shell, no quoting, no argument list. */
export class Files {
  constructor(private readonly session: SftpSession) {}

  /** Reads the text of a file; undefined if there is none. Bytes that are not UTF-8 survive a read and a write. */
  async read(path: string): Promise<string | undefined> {
    const bytes = await this.readBytes(path);
    return bytes && decodeText(bytes);
  }

  /** Reads the bytes of a file; undefined if there is none. */
  async readBytes(path: string): Promise<Buffer | undefined> {
    const file = await orMissing(this.open(`read ${path}`, path, { flags: "r", mode: 0 }));
    if (!file) return undefined;
    try {
      return await file.readAll();
    } finally {
      // Nobody waits for it: the bytes are here, and an open handle harms nobody.
      file.close().catch(() => undefined);
    }
  }

  /** Returns the status of a file, following links; undefined if there is none. */
  async stat(path: string): Promise<FileStatus | undefined> {
    const stats = await orMissing(
      this.session.ask(`look at ${path}`, isStats, (sftp, done) => sftp.stat(path, done)),
    );
    return stats && fileStatus(stats);
  }

  /** Resolves all links in a path. Its last name need not exist. */
  realPath(path: string): Promise<string> {
    return this.session.ask(`find out where ${path} leads`, isText, (sftp, done) =>
      sftp.realpath(path, done),
    );
  }

  /** Lists the names in a directory, sorted; undefined if there is no such directory. */
  async list(directory: string, most = mostNames): Promise<string[] | undefined> {
    const entries = await orMissing(listDirectory(this.session, directory, most));
    return entries?.map(({ filename }) => filename).sort();
  }

  /**
   * Lists the names of the files in a directory, without directories, pipes and other things that hold no text; sorted;
   * undefined if there is no such directory.
   */
  async listFiles(directory: string): Promise<string[] | undefined> {
    const entries = await orMissing(listDirectory(this.session, directory, mostNames));
    return entries
      ?.filter(isReadable)
      .map(({ filename }) => filename)
      .sort();
  }

  /**
   * Writes a file in one step: readers see the old content or the new one, never a part, and after a failure the old
   * one is still there.
   */
  async writeAtomically(path: string, content: string | Buffer, options: AtomicWriteOptions): Promise<void> {
    await underWay(() => replaceFile(this.session, path, asBytes(content), options));
  }

  /**
   * Edits the text of a file in one step, or removes the file if the edit returns nothing. What other programs write at
   * the same moment is kept, whether they append or replace the file. Mode and owner stay.
   */
  async edit(path: string, edit: (text: string) => string | undefined): Promise<void> {
    const status = await this.stat(path);
    if (!status) return;
    const attributes = { mode: status.mode, owner: { uid: status.uid, gid: status.gid } };
    const change: Parameters<typeof editFile>[0] = {
      read: () => this.readBytes(path),
      exchange: async (content, expected) => {
        const isChanged = async () => expected && !(await this.readBytes(path))?.equals(expected);
        return exchangeFile(this.session, path, { content, attributes, isChanged });
      },
      append: (bytes) => this.appendBytes(path, bytes, status.mode),
      edit: (bytes) => {
        const text = edit(decodeText(bytes));
        return text === undefined ? undefined : encodeText(text);
      },
    };
    await underWay(() => editFile(change));
  }

  /** Appends text to a file in one write; makes the file if there is none. */
  async append(path: string, text: string, mode = 0o644): Promise<void> {
    await this.appendBytes(path, encodeText(text), mode);
  }

  /** Makes a file unless there is one; returns false if there is. Its mode holds whatever the login's umask is. */
  createExclusively(path: string, content: string, mode: number): Promise<boolean> {
    return underWay(async () => {
      const file = await this.openNew(path, mode);
      if (!file) return false;
      try {
        const filling = Promise.all([file.write(encodeText(content)), file.openToOthers(mode)]);
        await filling.finally(() => file.close());
        return true;
      } catch (error) {
        await this.remove(path).catch(() => undefined);
        throw error;
      }
    });
  }

  /**
   * Makes a file unless there is one, like `createExclusively`, but with its whole content from the first moment:
   * nobody sees a part of it.
   */
  async createWhole(path: string, content: string, temporaryDirectory: string): Promise<boolean> {
    const phrase = `create ${path}`;
    const options = { mode: 0o600, temporaryDirectory };
    const whole = { content: encodeText(content), options };
    try {
      await withTemporary(this.session, phrase, whole, async (temporary) => {
        await link(this.session, phrase, temporary, path);
        await this.remove(temporary);
      });
      return true;
    } catch (error) {
      if (isGeneralFailure(error) && (await this.stat(path))) return false;
      throw error;
    }
  }

  /** Makes a directory. An existing one stays as it is. Its parent must exist. */
  async makeDirectory(path: string, mode: number): Promise<void> {
    try {
      await this.order(`make the directory ${path}`, (sftp, done) => sftp.mkdir(path, { mode }, done));
    } catch (error) {
      if (isGeneralFailure(error) && (await this.stat(path))?.isDirectory) return;
      throw error;
    }
  }

  /** Removes a file; returns false if there was none. */
  async remove(path: string): Promise<boolean> {
    const removing = this.order(`remove ${path}`, (sftp, done) => sftp.unlink(path, done));
    return (await orMissing(removing.then(() => true))) ?? false;
  }

  /** Renames a file and replaces whatever has that name; returns false if there is no such file. */
  async move(from: string, to: string): Promise<boolean> {
    const moving = underWay(() => moveOver(this.session, `move ${from}`, from, to));
    return (await orMissing(moving.then(() => true))) ?? false;
  }

  /** Removes an empty directory; returns false if it is not empty or doesn't exist. */
  async removeDirectory(path: string): Promise<boolean> {
    const removing = this.order(`remove the directory ${path}`, (sftp, done) => sftp.rmdir(path, done));
    try {
      return (await orMissing(removing.then(() => true))) ?? false;
    } catch (error) {
      if (isGeneralFailure(error)) return false;
      throw error;
    }
  }

  /** Sets the modification time of a file, by this machine's clock. */
  async refresh(path: string): Promise<void> {
    const now = new Date();
    await this.order(`refresh ${path}`, (sftp, done) => sftp.utimes(path, now, now, done));
  }

  private async appendBytes(path: string, bytes: Buffer, mode: number): Promise<void> {
    await underWay(async () => {
      const file = await this.open(`append to ${path}`, path, { flags: "a+", mode });
      await file.append(bytes).finally(() => file.close());
    });
  }

  private open(phrase: string, path: string, how: { flags: OpenFlags; mode: number }): Promise<OpenFile> {
    return OpenFile.open(this.session, phrase, path, how);
  }

  /**
   * Opens a new file. SFTP doesn't say why it refuses: an existing file explains it, one that has just gone is worth a
   * retry.
   */
  private async openNew(path: string, mode: number): Promise<OpenFile | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.open(`create ${path}`, path, { flags: "wx", mode });
      } catch (error) {
        if (!isGeneralFailure(error)) throw error;
        if (await this.stat(path)) return undefined;
        if (tries === 3) throw error;
      }
    }
  }

  /** Sends a request that changes something and is answered only by success or failure. */
  private order(
    phrase: string,
    start: (sftp: SFTPWrapper, done: (error?: Error | null) => void) => void,
  ): Promise<void> {
    return underWay(() => this.session.request<void>(phrase, start));
  }
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
