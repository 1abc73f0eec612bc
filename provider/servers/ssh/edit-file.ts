import { setTimeout as pause } from "node:timers/promises";
import type { OpenFile } from "./open-file";

// Files that other programs edit too, without any lock in common. A file is read, changed and put in place; whatever
// others have done to it meanwhile shows in the file that was displaced, and is carried over.

/** What editing needs of the place that a file is in. */
export interface EditedPlace {
  read(): Promise<Buffer | undefined>;
  /** Puts another content in place, or nothing, and gives the file that stood there, still open. */
  exchange(content: Buffer | undefined): Promise<OpenFile | undefined>;
  /** Adds at the end; the file is made when there is none. */
  append(bytes: Buffer): Promise<void>;
  /** The content that is wanted instead; undefined for no file at all. */
  edit(content: Buffer): Buffer | undefined;
}

/** Milliseconds within which a program that has opened the file to write to it does so. */
const grace = 50;

/** Edits a file so that nobody who writes to it at the same time loses anything. */
export async function editFile(place: EditedPlace): Promise<void> {
  let expected = await place.read();
  if (!expected) return;
  let wanted = place.edit(expected);
  if (wanted?.equals(expected)) return;
  for (;;) {
    const displaced = await place.exchange(wanted);
    if (!displaced) return;
    const other = await settle(place, displaced, expected).finally(() => void leave(displaced));
    if (!other) return;
    // Its content counts; what stands in its place now is ours.
    expected = wanted ?? Buffer.alloc(0);
    wanted = place.edit(other);
  }
}

/** Carries over what others append, and gives the content of a file that is another one than was expected. */
async function settle(
  place: EditedPlace,
  displaced: OpenFile,
  expected: Buffer,
): Promise<Buffer | undefined> {
  let [found, end] = [expected, expected.length];
  for (const wait of [0, grace]) {
    await pause(wait);
    found = await displaced.readAll();
    if (!beginsWith(found, expected) || found.length === end) continue;
    await place.append(found.subarray(end));
    end = found.length;
  }
  return beginsWith(found, expected) ? undefined : found;
}

function beginsWith(content: Buffer, beginning: Buffer): boolean {
  return content.subarray(0, beginning.length).equals(beginning);
}

async function leave(file: OpenFile): Promise<void> {
  await file.close().catch(() => undefined);
}
