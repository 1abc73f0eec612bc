// What stands in a lock file: its holder in the first line, then notes, one a line. Only whole lines count. A holder that
// gives the lock back while there are notes left adds a line that says so, and behind it the notes that stay.

export interface LockFile {
  /** The first line; empty where it is not whole. */
  holder: string;
  notes: readonly string[];
  /** Given back: it stands for its notes alone. */
  isReleased: boolean;
}

export function readLockFile(text: string): LockFile {
  const [holder = "", ...rest] = text.split("\n").slice(0, -1);
  const end = rest.lastIndexOf(releaseLine(holder));
  return { holder, notes: rest.slice(end + 1), isReleased: end >= 0 };
}

/** A lock that is held. */
export function heldText(holder: string, notes: readonly string[]): string {
  return linesOf([holder, ...notes]);
}

/** What a holder adds to give the lock back. */
export function releaseText(holder: string, notes: readonly string[]): string {
  return linesOf([releaseLine(holder), ...notes]);
}

export function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** With the holder's name: one whose lock was taken over cannot give back somebody else's. */
function releaseLine(holder: string): string {
  return `released by ${holder}`;
}
