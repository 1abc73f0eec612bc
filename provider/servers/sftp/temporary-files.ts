import { isServerError } from "../errors";
import type { Files } from "./files";
import { isGone, processMark } from "./process-mark";
import { isTemporary, temporaryMark, temporaryPath } from "./temporary-names";

/** Seconds. No write takes this long: each of its few steps is given up after thirty. */
const longestWrite = 180;

/**
 * Removes temporary files that interrupted writes have left in a directory. Those of a process that may still be
 * writing must be old. Call it while this process writes nothing there.
 *
 * @param names content of the directory, if already known
 */
export async function removeLeftovers(
  files: Files,
  directory: string,
  names?: readonly string[],
): Promise<void> {
  const found = names ?? (await files.list(directory)) ?? [];
  const leftovers = found.filter(isTemporary);
  for (const name of leftovers.filter(isAbandoned)) await files.remove(`${directory}/${name}`);
  const others = leftovers.filter((name) => !isAbandoned(name)).map((name) => `${directory}/${name}`);
  if (others.length > 0) await removeOld(files, directory, others);
}

/** Whether the file was written by this process, by an earlier one with its number, or by one that has ended. */
function isAbandoned(name: string): boolean {
  const mark = temporaryMark(name);
  return mark === processMark || isGone(mark);
}

async function removeOld(files: Files, directory: string, paths: string[]): Promise<void> {
  try {
    const now = await serverTime(files, directory);
    for (const path of paths) {
      const status = await files.stat(path);
      if (status && now - status.modified > longestWrite) await files.remove(path);
    }
  } catch (error) {
    // A full disk, for example. The requested work is done, and the next write tries again.
    if (!isServerError(error, "file-error")) throw error;
  }
}

/** Reads the server's clock from a new file. Only this clock can be compared with the times of the server's files. */
async function serverTime(files: Files, directory: string): Promise<number> {
  const path = temporaryPath(directory);
  await files.createExclusively(path, "", 0o600);
  const status = await files.stat(path);
  await files.remove(path);
  return status?.modified ?? 0;
}
