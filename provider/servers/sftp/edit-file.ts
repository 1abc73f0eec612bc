import { setTimeout as pause } from "node:timers/promises";

// Edits files that other programs edit too, without a common lock. A file is read, changed and replaced. Whatever
// others have done to it meanwhile shows in the displaced file and is carried over.

/** What editing needs to know of the place of a file. */
export interface EditedPlace {
  read(): Promise<Buffer | undefined>;
  /**
   * Replaces the content, or removes the file, and returns the file that was there. Leaves everything as it is if the
   * content just before is not the expected one.
   */
  exchange(content: Buffer | undefined, expected: Buffer | undefined): Promise<Displaced>;
  /** Appends to the file; makes it if there is none. */
  append(bytes: Buffer): Promise<void>;
  /** Returns the wanted content; undefined for no file at all. */
  edit(content: Buffer): Buffer | undefined;
}

/** A file that another one has replaced. It is still on the disk. */
export interface DisplacedFile {
  readAll(): Promise<Buffer>;
  /** Puts it back in its place. */
  putBack(): Promise<void>;
  /** Discards it when it is no longer needed. */
  discard(): Promise<void>;
}

/** The file that was there; undefined if there was none. */
export type Displaced = DisplacedFile | "changed" | undefined;

interface Change {
  /** Content that should be there. */
  expected: Buffer;
  wanted: Buffer | undefined;
  /** Number of times that it may turn out to be different. After that it is displaced anyway. */
  patience: number;
}

/** Milliseconds in which a program that has opened the file for writing does write, even on a busy machine. */
const grace = 250;

/** Edits a file so that nobody who writes to it at the same time loses anything. */
export async function editFile(place: EditedPlace): Promise<void> {
  let change = await plan(place, 10);
  while (change) change = await carryOut(place, change);
}

/** Returns the change to make; undefined if there is none. */
async function plan(place: EditedPlace, patience: number): Promise<Change | undefined> {
  const expected = await place.read();
  if (!expected) return undefined;
  const wanted = place.edit(expected);
  return wanted?.equals(expected) ? undefined : { expected, wanted, patience };
}

/** Makes the change. Returns the next attempt if the file has changed meanwhile. */
async function carryOut(
  place: EditedPlace,
  { expected, wanted, patience }: Change,
): Promise<Change | undefined> {
  const displaced = await place.exchange(wanted, patience > 0 ? expected : undefined);
  if (displaced === "changed") return plan(place, patience - 1);
  if (!displaced) return undefined;
  try {
    const other = await settle(place, displaced, expected);
    // The other file's content counts. What is in its place now is ours and has to go in any case.
    const ours = wanted ?? Buffer.alloc(0);
    if (other) await carryOut(place, { expected: ours, wanted: place.edit(other), patience: 0 });
  } catch (error) {
    // A full disk, for example: as long as the old file is there, nobody's line is lost.
    await displaced.putBack().catch(() => undefined);
    throw error;
  } finally {
    // What can't be removed now is removed with the leftovers.
    await displaced.discard().catch(() => undefined);
  }
  return undefined;
}

/** Carries over what others append. Returns the content of a file that is not the expected one. */
async function settle(
  place: EditedPlace,
  displaced: DisplacedFile,
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
