import { isEntries, isHandle } from "./answers";
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

/** Lists the names in a directory: at most so many, else it fails. */
export async function listDirectory(
  session: SftpSession,
  directory: string,
  most: number,
): Promise<string[]> {
  const phrase = `list ${directory}`;
  const handle = await session.ask(phrase, isHandle, (sftp, done) => sftp.opendir(directory, done));
  try {
    return await readNames(session, { phrase, handle, most });
  } finally {
    // Nobody waits for it: the names are here, and an open handle harms nobody.
    session.request<void>(phrase, (sftp, done) => sftp.close(handle, done)).catch(() => undefined);
  }
}

async function readNames(
  session: SftpSession,
  { phrase, handle, most }: { phrase: string; handle: Buffer; most: number },
): Promise<string[]> {
  const names: string[] = [];
  for (let asked = 0; asked <= most && names.length <= most; asked += 1) {
    const some = await readSome(session, phrase, handle);
    if (some === undefined) return names;
    names.push(...some);
  }
  throw session.unexpected(phrase, `the directory holds more than ${most} names, or has no end`);
}

/** Returns the next names; undefined at the end. */
async function readSome(session: SftpSession, phrase: string, handle: Buffer): Promise<string[] | undefined> {
  try {
    const entries = await session.ask(phrase, isEntries, (sftp, done) =>
      (sftp as unknown as EntryReader).readdir(handle, { full: true }, done),
    );
    return entries.map(({ filename }) => filename).filter((name) => name !== "." && name !== "..");
  } catch (error) {
    if (isEnd(error)) return undefined;
    throw error;
  }
}
