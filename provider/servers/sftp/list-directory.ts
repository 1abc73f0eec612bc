import { constants } from "node:fs";
import { isEntries, isHandle, type Entry } from "./answers";
import { isEnd, type SftpSession } from "./session";

/** Usual maximum number of names in a directory: a server that never stops must not fill the memory. */
export const mostNames = 100_000;

/**
 * Missing from ssh2's types: one request at a time, with the whole answer. Without `full` ssh2 fails on an empty answer.
 */
interface EntryReader {
  readdir(
    handle: Buffer,
    options: { full: true },
    done: (error?: Error | null, value?: unknown) => void,
  ): void;
}

/** Types of entries that hold no text. Reading a directory fails, and reading a pipe never ends. */
const withoutText = new Set([
  constants.S_IFDIR,
  constants.S_IFIFO,
  constants.S_IFSOCK,
  constants.S_IFCHR,
  constants.S_IFBLK,
]);

/** Whether an entry may be read like a file. One without a type may, and so may a link. */
export function isReadable({ attrs }: Entry): boolean {
  return !withoutText.has((attrs?.mode ?? 0) & constants.S_IFMT);
}

/** Lists the entries of a directory: at most so many, else it fails. */
export async function listDirectory(session: SftpSession, directory: string, most: number): Promise<Entry[]> {
  const phrase = `list ${directory}`;
  const handle = await session.ask(phrase, isHandle, (sftp, done) => sftp.opendir(directory, done));
  try {
    return await readEntries(session, { phrase, handle, most });
  } finally {
    // Nobody waits for it: the names are here, and an open handle harms nobody.
    session.request<void>(phrase, (sftp, done) => sftp.close(handle, done)).catch(() => undefined);
  }
}

async function readEntries(
  session: SftpSession,
  { phrase, handle, most }: { phrase: string; handle: Buffer; most: number },
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let asked = 0; asked <= most && entries.length <= most; asked += 1) {
    const some = await readSome(session, phrase, handle);
    if (some === undefined) return entries;
    entries.push(...some);
  }
  throw session.unexpected(phrase, `the directory holds more than ${most} names, or has no end`);
}

/** Returns the next entries; undefined at the end. */
async function readSome(session: SftpSession, phrase: string, handle: Buffer): Promise<Entry[] | undefined> {
  try {
    const entries = await session.ask(phrase, isEntries, (sftp, done) =>
      (sftp as unknown as EntryReader).readdir(handle, { full: true }, done),
    );
    return entries.filter(({ filename }) => filename !== "." && filename !== "..");
  } catch (error) {
    if (isEnd(error)) return undefined;
    throw error;
  }
}
