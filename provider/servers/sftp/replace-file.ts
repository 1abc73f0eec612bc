import { moveOver, remove } from "./file-names";
import { type FileAttributes, OpenFile } from "./open-file";
import type { SftpSession } from "./session";
import { temporaryPath } from "./temporary-names";

export interface AtomicWriteOptions extends FileAttributes {
  /** Directory of the temporary file: on the same file system, and never where a program looks for files. */
  temporaryDirectory: string;
}

/** Replaces a file in one step. */
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

/** Writes a temporary file and has it moved to its place. Removes it if either fails. */
export async function withTemporary<T>(
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
