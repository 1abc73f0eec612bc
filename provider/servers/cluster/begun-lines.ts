import { z } from "zod";
import type { HeldLock } from "../ssh/remote-lock";
import { holdsAddress } from "./address-lines";

// Between the moment in which a line is written and that in which the engine has heard of it, a run may end. The line would
// be taken for somebody else's then, and stay for good. So it is noted in the lock of the file, before it is written: the
// next run of the same stack knows it for its own by that. Another stack hands the note on, and the line is not its own.

/** A line that was not there before. */
const begunLine = z.strictObject({
  address: z.string(),
  /** The stack that writes it. */
  owner: z.string().optional(),
  /** Present and true when the file is made for it. */
  newFile: z.literal(true).optional(),
});

export type BegunLine = z.output<typeof begunLine>;

/** Notes that a line is about to be written. */
export function noteBegun(lock: HeldLock, line: BegunLine): Promise<void> {
  return lock.note(JSON.stringify(line));
}

/** What of a line its owner has begun in an earlier run, whose note has done its service then. */
export function takeOver(
  lock: HeldLock,
  { address, owner }: BegunLine,
  text = "",
): { line: boolean; file: boolean } {
  const noted = readNotes(lock);
  const standing = noted.filter(({ line }) => holdsAddress(text, line.address));
  const own = standing.filter(({ line }) => line.address === address && line.owner === owner);
  const fileIsNew = (text === "" ? noted : standing).some(({ line }) => line.newFile);
  keepOnly(
    lock,
    standing.filter((each) => !own.includes(each)),
  );
  return { line: own.length > 0, file: fileIsNew };
}

/** A line was removed: the notes of lines that are not there say nothing any more. */
export function forgetBegun(lock: HeldLock, text = ""): void {
  keepOnly(
    lock,
    readNotes(lock).filter(({ line }) => holdsAddress(text, line.address)),
  );
}

interface Noted {
  note: string;
  line: BegunLine;
}

/** The last note of each address counts: whoever wrote it has found no line there. */
function readNotes({ left }: HeldLock): Noted[] {
  const noted = left.flatMap((note): Noted[] => {
    const line = begunLine.safeParse(fromJson(note));
    return line.success ? [{ note, line: line.data }] : [];
  });
  return [...new Map(noted.map((each) => [each.line.address, each])).values()];
}

/** A note whose line is not there, one that a later one has replaced, and what is no note: none of them says anything. */
function keepOnly(lock: HeldLock, noted: readonly Noted[]): void {
  const kept = new Set(noted.map(({ note }) => note));
  lock.settle(lock.left.filter((note) => !kept.has(note)));
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
