import { posix } from "node:path";
import type { Displaced } from "./edit-file";
import { type FileAttributes, OpenFile } from "./open-file";
import { orMissing, type SftpSession } from "./sftp-session";
import { temporaryPath } from "./temporary-files";

export interface AtomicWriteOptions extends FileAttributes {
  /** Where the temporary file lies: on the same file system, and never where a program looks for files. */
  temporaryDirectory: string;
}

/** Puts a file in place in one step. */
export async function replaceFile(
  session: SftpSession,
  path: string,
  content: Buffer,
  options: AtomicWriteOptions,
): Promise<void> {
  const phrase = `write ${path}`;
  await withTemporary(session, phrase, { content, options }, (temporary) =>
    moveOver(session, phrase, temporary, path),
  );
}

/** What is to stand in a file's place. */
export interface Exchange {
  /** Undefined for no file at all. */
  content: Buffer | undefined;
  attributes: FileAttributes;
  /** Asked last thing before the file is displaced, which is then left undone. */
  isChanged: () => Promise<boolean | undefined>;
}

/**
 * Puts a file in place, or removes what is there, and gives the one that stood there until then, still open. Opening and
 * moving are sent in one go: servers keep the order, and hardly anybody gets between them.
 */
export async function exchangeFile(
  session: SftpSession,
  path: string,
  { content, attributes, isChanged }: Exchange,
): Promise<Displaced> {
  const phrase = `write ${path}`;
  if (!content) {
    return openAndMove(session, phrase, path, () => orMissing(remove(session, phrase, path)));
  }
  const options = { ...attributes, temporaryDirectory: posix.dirname(path) };
  return withTemporary<Displaced>(session, phrase, { content, options }, async (temporary) => {
    if (await isChanged()) {
      await remove(session, phrase, temporary);
      return "changed";
    }
    return openAndMove(session, phrase, path, () => moveOver(session, phrase, temporary, path));
  });
}

async function openAndMove(
  session: SftpSession,
  phrase: string,
  path: string,
  move: () => Promise<unknown>,
): Promise<OpenFile | undefined> {
  const opening = orMissing(OpenFile.open(session, phrase, path, { flags: "r", mode: 0 }));
  try {
    const [file] = await Promise.all([opening, move()]);
    return file;
  } catch (error) {
    opening.then((file) => file?.close()).catch(() => undefined);
    throw error;
  }
}

/** Writes a temporary file and has it moved to its place; it goes when either fails. */
async function withTemporary<T>(
  session: SftpSession,
  phrase: string,
  { content, options }: { content: Buffer; options: AtomicWriteOptions },
  move: (temporary: string) => Promise<T>,
): Promise<T> {
  const temporary = temporaryPath(options.temporaryDirectory);
  const file = await OpenFile.open(session, phrase, temporary, { flags: "wx", mode: 0o600 });
  try {
    await file.fill(content, options);
    return await move(temporary);
  } catch (error) {
    await remove(session, phrase, temporary).catch(() => undefined);
    throw error;
  }
}

/** In one step, whatever stands at the new name. */
export function moveOver(session: SftpSession, phrase: string, from: string, to: string): Promise<void> {
  return session.request<void>(phrase, (sftp, done) => sftp.ext_openssh_rename(from, to, done));
}

function remove(session: SftpSession, phrase: string, path: string): Promise<void> {
  return session.request<void>(phrase, (sftp, done) => sftp.unlink(path, done));
}
