import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Files } from "./files";
import { heldText, type LockFile, readLockFile } from "./lock-file";
import { hasEnded } from "./lock-holders";

// Over SFTP a file cannot be replaced on condition that it is still the same: of two waiters who find a lock left behind,
// each could put its own in place. So whoever is to follow a holder first makes the one file that is named after that
// holder, which only one can; looks whether the lock is still the same; and moves the file over it in one step. A waiter
// that comes late finds another lock there. One that ends on the way is itself followed in the same manner.

/** All in milliseconds. */
export interface LockTiming {
  /** Between two signs of life. */
  beat: number;
  /** Without a sign of life the holder counts as gone. */
  stale: number;
  /** So long may a lock be without its holder's name: the two steps of making it follow each other at once. */
  blank: number;
  /** Longest wait. */
  patience: number;
}

type Notes = readonly string[];

interface FoundLock extends LockFile {
  text: string;
  /** Stays the same while nobody gives a sign of life. */
  sign: string;
}

interface Succession {
  path: string;
  found: FoundLock;
  /** What the next holder has to be told: one that ended on the way has perhaps not written it. */
  notes: Notes;
}

/** One who wants a lock, and what it has seen while waiting. */
export class LockSeeker {
  private readonly seen = new Map<string, { sign: string; since: number }>();

  constructor(
    private readonly holder: string,
    private readonly timing: LockTiming,
  ) {}

  /**
   * One attempt. When the lock is ours then, it gives the notes that stand in it.
   *
   * @param notes that have to stand in it; @default those that stand in it already
   */
  async take(files: Files, path: string, notes?: Notes): Promise<Notes | undefined> {
    if (await this.make(files, path, notes ?? [])) return notes ?? [];
    const found = await look(files, path);
    if (!found) return undefined;
    // Made after all: late, or by an attempt whose answer was lost.
    if (found.holder === this.holder) return found.notes;
    if (!this.isLeftBehind(path, found)) return undefined;
    return this.follow(files, { path, found, notes: notes ?? found.notes });
  }

  /** Whoever sees a lock without a name for long takes it for left behind, and may be about to put another in place. */
  private async make(files: Files, path: string, notes: Notes): Promise<boolean> {
    const start = performance.now();
    if (!(await files.createExclusively(path, heldText(this.holder, notes), 0o600))) return false;
    if (performance.now() - start < this.timing.blank) return true;
    await pause(this.timing.blank);
    return false;
  }

  private async follow(files: Files, { path, found, notes }: Succession): Promise<Notes | undefined> {
    const place = `${path}.${nameOf(found)}`;
    if (!(await this.take(files, place, notes))) return undefined;
    if ((await look(files, path))?.sign !== found.sign) {
      await files.remove(place);
      return undefined;
    }
    // Where it has taken too long somebody else has the place by now, and what was moved is theirs.
    await files.moveOver(place, path);
    const lock = await look(files, path);
    return lock?.holder === this.holder ? lock.notes : undefined;
  }

  private isLeftBehind(path: string, { sign, text, holder, isReleased }: FoundLock): boolean {
    if (isReleased || hasEnded(holder)) return true;
    const now = performance.now();
    const seen = this.seen.get(path);
    if (seen?.sign === sign) return now - seen.since > (text === "" ? this.timing.blank : this.timing.stale);
    this.seen.set(path, { sign, since: now });
    return false;
  }
}

async function look(files: Files, path: string): Promise<FoundLock | undefined> {
  const [text, status] = await Promise.all([files.read(path), files.stat(path)]);
  return text === undefined
    ? undefined
    : { ...readLockFile(text), text, sign: `${status?.modified} ${text}` };
}

/** No two holders have the same name. A lock without one is told by its time. */
function nameOf({ holder, sign }: FoundLock): string {
  return createHash("sha256")
    .update(holder || sign)
    .digest("hex")
    .slice(0, 16);
}
