import { posix } from "node:path";
import type { Displaced } from "./edit-file";
import { link, moveOver, remove } from "./file-names";
import { type FileAttributes, OpenFile } from "./open-file";
import { withTemporary } from "./replace-file";
import { orMissing, type SftpSession } from "./session";
import { temporaryPath } from "./temporary-names";

/** What is to stand in a file's place. */
export interface Exchange {
  /** Undefined for no file at all. */
  content: Buffer | undefined;
  attributes: FileAttributes;
  /** Asked last thing before the file is displaced, which is then left undone. */
  isChanged: () => Promise<boolean | undefined>;
}

/** Puts a file in place, or removes what is there, and gives the one that stood there until then. */
export async function exchangeFile(
  session: SftpSession,
  path: string,
  { content, attributes, isChanged }: Exchange,
): Promise<Displaced> {
  const phrase = `write ${path}`;
  const place = { session, phrase, path };
  if (!content) return displace(place, () => orMissing(remove(session, phrase, path)));
  const options = { ...attributes, temporaryDirectory: posix.dirname(path) };
  return withTemporary<Displaced>(session, phrase, { content, options }, async (temporary) => {
    const move = (): Promise<void> => moveOver(session, phrase, temporary, path);
    const displaced = await displace(place, move, isChanged);
    if (displaced === "changed") await remove(session, phrase, temporary);
    return displaced;
  });
}

interface Place {
  session: SftpSession;
  phrase: string;
  path: string;
}

/** Under a second name the old file stays on the disk, until nobody can miss it any more. */
async function displace(
  place: Place,
  move: () => Promise<unknown>,
  isChanged?: Exchange["isChanged"],
): Promise<Displaced> {
  const { session, phrase, path } = place;
  const aside = temporaryPath(posix.dirname(path));
  const removeAside = () => orMissing(remove(session, phrase, aside));
  try {
    await orMissing(link(session, phrase, path, aside));
    const file = (await isChanged?.()) ? "changed" : await openAndMove(place, aside, move);
    if (!file || file === "changed") {
      await removeAside();
      return file;
    }
    return {
      readAll: () => file.readAll(),
      putBack: () => moveOver(session, phrase, aside, path),
      discard: async () => void (await Promise.all([file.close(), removeAside()])),
    };
  } catch (error) {
    await removeAside().catch(() => undefined);
    throw error;
  }
}

/**
 * Opening and moving are sent in one go: servers keep the order, and hardly anybody gets between them. The second name is
 * given anew with them, as somebody may have put another file in place since it was given first.
 */
async function openAndMove(
  { session, phrase, path }: Place,
  aside: string,
  move: () => Promise<unknown>,
): Promise<OpenFile | undefined> {
  for (const again of [remove(session, phrase, aside), link(session, phrase, path, aside)])
    again.catch(() => undefined);
  const opening = orMissing(OpenFile.open(session, phrase, path, { flags: "r", mode: 0 }));
  try {
    const [file] = await Promise.all([opening, move()]);
    return file;
  } catch (error) {
    opening.then((file) => file?.close()).catch(() => undefined);
    throw error;
  }
}
