import { posix } from "node:path";
import type { Displaced } from "./edit-file";
import { link, moveOver, remove } from "./file-names";
import { type FileAttributes, OpenFile } from "./open-file";
import { withTemporary } from "./replace-file";
import { orMissing, type SftpSession } from "./session";
import { temporaryPath } from "./temporary-names";

/** What to put in a file's place. */
export interface Exchange {
  /** Undefined for no file at all. */
  content: Buffer | undefined;
  attributes: FileAttributes;
  /** Asked right before the file is displaced. If it has changed, the exchange is not made. */
  isChanged: () => Promise<boolean | undefined>;
}

/** Replaces or removes a file and returns the one that was there until then. */
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

/** Displaces a file. Under a second name the old file stays on the disk until nobody can miss it any more. */
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
 * Opens and moves a file. Both requests are sent at once: servers keep the order, so hardly anything comes between
 * them. The second name is given again with them, because somebody may have replaced the file since it was first given.
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
