import { setTimeout as pause } from "node:timers/promises";
import type { ErrorReporter } from "../error-reporter";
import type { ServerError } from "../errors";
import type { Files } from "./files";
import { linesOf, readLockFile, releaseText } from "./lock-file";
import { newHolder, retire } from "./lock-holders";
import { LockSeeker, type LockTiming } from "./take-lock";

// A lock is a file that only one can create. Its holder gives it a new time every few seconds; a file that stays the
// same for long belongs to a process that is gone. Waiters measure that by their own clocks, so no two clocks are ever
// compared. A holder that ran on the waiter's own machine is looked for there, so that the next run after a crash does
// not wait.

export interface RemoteLock {
  /** The lock file; its directory must exist. */
  path: string;
  files: () => Promise<Files>;
  reporter: ErrorReporter;
  timing?: LockTiming;
}

const usualTiming: LockTiming = { beat: 10_000, stale: 60_000, blank: 5_000, patience: 300_000 };

/** A lock that is held. */
export interface HeldLock {
  /** Notes of runs that ended in the middle. They stay in the lock, from one holder to the next, until one settles them. */
  left: readonly string[];
  /** Says that these of the notes need not be kept any longer. */
  settle(notes: readonly string[]): void;
  /** Writes a note, one line, into the lock: should this work fail or the run end, the next holder is told it. */
  note(line: string): Promise<void>;
}

/** Runs work while holding a lock file on the server. */
export async function withRemoteLock<T>(lock: RemoteLock, work: (held: HeldLock) => Promise<T>): Promise<T> {
  const holder = newHolder();
  let pulse: NodeJS.Timeout | undefined;
  try {
    const left = await acquire(lock, holder);
    pulse = setInterval(() => void showLife(lock), timingOf(lock).beat).unref();
    const kept = new Set(left);
    const written: string[] = [];
    const held: HeldLock = {
      left,
      settle: (notes) => notes.forEach((each) => kept.delete(each)),
      note: async (line) => {
        await note(lock, holder, line);
        written.push(line);
      },
    };
    return await thenRelease(() => work(held), {
      afterSuccess: () => release(lock, holder, [...kept]),
      afterFailure: () => release(lock, holder, [...kept, ...written]),
    });
  } finally {
    clearInterval(pulse);
    retire(holder);
  }
}

/** Resolves with the notes that stand in the lock. */
async function acquire(lock: RemoteLock, holder: string): Promise<readonly string[]> {
  const seeker = new LockSeeker(holder, timingOf(lock));
  const start = performance.now();
  for (let wait = 50; ; wait = Math.min(wait * 1.5, 1000)) {
    const files = await lock.files();
    const notes = await seeker.take(files, lock.path);
    if (notes) return notes;
    if (performance.now() - start > timingOf(lock).patience)
      throw stillHeld(lock, await files.read(lock.path));
    await pause(wait * (0.5 + Math.random()));
  }
}

async function note(lock: RemoteLock, holder: string, line: string): Promise<void> {
  const files = await lock.files();
  // Appending would make a lock without a holder, which keeps everybody waiting.
  if (!(await isHeldBy(files, lock, holder))) throw isLost(lock);
  await files.append(lock.path, linesOf([line]), 0o600);
}

async function showLife({ files, path }: RemoteLock): Promise<void> {
  try {
    await (await files()).refresh(path);
  } catch {
    // The next beat tries again, and the work itself reports a server that is gone.
  }
}

interface GivingBack {
  afterSuccess: () => Promise<void>;
  afterFailure: () => Promise<void>;
}

/** A lock that cannot be given back after good work is an error: the next run takes it over and has nothing else to do. */
async function thenRelease<T>(
  work: () => Promise<T>,
  { afterSuccess, afterFailure }: GivingBack,
): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // The work's own error says more than this one could.
    await afterFailure().catch(() => undefined);
    throw error;
  }
  await afterSuccess();
  return result;
}

/** In one step, whether notes are left or not: a run that ends before it has left everything as it was. */
async function release(lock: RemoteLock, holder: string, notes: readonly string[]): Promise<void> {
  const files = await lock.files();
  if (!(await isHeldBy(files, lock, holder))) return;
  if (notes.length === 0) await files.remove(lock.path);
  else await files.append(lock.path, releaseText(holder, notes), 0o600);
}

async function isHeldBy(files: Files, { path }: RemoteLock, holder: string): Promise<boolean> {
  const text = await files.read(path);
  return text !== undefined && readLockFile(text).holder === holder;
}

function timingOf({ timing }: RemoteLock): LockTiming {
  return timing ?? usualTiming;
}

function isLost({ path, reporter }: RemoteLock): ServerError {
  return reporter.error({
    code: "not-confirmed",
    phrase: `keep the lock ${path}`,
    said: "another run has taken it, as this one gave no sign of life for long, or somebody has removed it",
    wayOut: "Run pulumi up again.",
  });
}

function stillHeld(lock: RemoteLock, text = ""): ServerError {
  const { holder } = readLockFile(text);
  return lock.reporter.error({
    code: "timed-out",
    phrase: `take the lock ${lock.path}`,
    said: `held by ${holder || "an unknown process"} for more than ${Math.round(timingOf(lock).patience / 1000)} seconds`,
    wayOut: "Wait for the other run to end; if there is none, remove the file.",
  });
}
