import { setTimeout as pause } from "node:timers/promises";

// Files that other programs edit too, without any lock in common. A file is read, changed and put in place; whatever
// others have done to it meanwhile shows in the file that was displaced, and is carried over.

/** What editing needs of the place that a file is in. */
export interface EditedPlace {
  read(): Promise<Buffer | undefined>;
  /**
   * Puts another content in place, or nothing, and gives the file that stood there. Leaves everything as it is when
   * another content than the expected one stands there just before.
   */
  exchange(content: Buffer | undefined, expected: Buffer | undefined): Promise<Displaced>;
  /** Adds at the end; the file is made when there is none. */
  append(bytes: Buffer): Promise<void>;
  /** The content that is wanted instead; undefined for no file at all. */
  edit(content: Buffer): Buffer | undefined;
}

/** A file that another one stands in the place of now. It is still on the disk. */
export interface DisplacedFile {
  readAll(): Promise<Buffer>;
  /** Has it stand in its place again. */
  putBack(): Promise<void>;
  /** It is not needed any more. */
  discard(): Promise<void>;
}

/** The file that stood there; undefined when there was none. */
export type Displaced = DisplacedFile | "changed" | undefined;

interface Change {
  /** What stands there. */
  expected: Buffer;
  wanted: Buffer | undefined;
  /** Times that it may turn out to be something else; after that it is displaced whatever it is. */
  patience: number;
}

/** Milliseconds within which a program that has opened the file to write to it does so, also on a busy machine. */
const grace = 250;

/** Edits a file so that nobody who writes to it at the same time loses anything. */
export async function editFile(place: EditedPlace): Promise<void> {
  let change = await plan(place, 10);
  while (change) change = await carryOut(place, change);
}

/** What there is to change; undefined when there is nothing. */
async function plan(place: EditedPlace, patience: number): Promise<Change | undefined> {
  const expected = await place.read();
  if (!expected) return undefined;
  const wanted = place.edit(expected);
  return wanted?.equals(expected) ? undefined : { expected, wanted, patience };
}

/** Gives what is to be tried instead, when the file has changed meanwhile. */
async function carryOut(
  place: EditedPlace,
  { expected, wanted, patience }: Change,
): Promise<Change | undefined> {
  const displaced = await place.exchange(wanted, patience > 0 ? expected : undefined);
  if (displaced === "changed") return plan(place, patience - 1);
  if (!displaced) return undefined;
  try {
    const other = await settle(place, displaced, expected);
    // The other file's content counts. What stands in its place now is ours, and has to go in any case.
    const ours = wanted ?? Buffer.alloc(0);
    if (other) await carryOut(place, { expected: ours, wanted: place.edit(other), patience: 0 });
  } catch (error) {
    // A full disk, for example: nobody's line is lost as long as the old file stands there.
    await displaced.putBack().catch(() => undefined);
    throw error;
  } finally {
    // What cannot be removed now is removed with the leftovers.
    await displaced.discard().catch(() => undefined);
  }
  return undefined;
}

/** Carries over what others append, and gives the content of a file that is another one than was expected. */
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
