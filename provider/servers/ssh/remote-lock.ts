import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { ErrorReporter } from "../error-reporter";
import { isServerError, type ServerError } from "../errors";
import type { Files } from "./files";
import { isGone, processMark } from "./process-mark";

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

const usualTiming: LockTiming = { beat: 10_000, stale: 60_000, blank: 5_000, patience: 300_000 };

/** How the holder of a lock is named, for people and for other runs. */
const thisProcess = `${hostname()} process ${processMark}`;

/** Runs work while holding a lock file on the server. */
export async function withRemoteLock<T>(lock: RemoteLock, work: () => Promise<T>): Promise<T> {
  const { beat } = lock.timing ?? usualTiming;
  const holder = `${thisProcess} ${randomUUID()}\n`;
  await acquire(lock, holder);
  const pulse = setInterval(() => void showLife(lock), beat).unref();
  try {
    return await work();
  } finally {
    clearInterval(pulse);
    await release(lock, holder);
  }
}

async function acquire(lock: RemoteLock, holder: string): Promise<void> {
  const { stale, blank, patience } = lock.timing ?? usualTiming;
  const start = performance.now();
  let seen = { sign: "", since: start };
  for (let wait = 50; ; wait = Math.min(wait * 1.5, 1000)) {
    const files = await lock.files();
    if (await files.createExclusively(lock.path, holder, 0o600)) return;
    const [content, status] = await Promise.all([files.read(lock.path), files.stat(lock.path)]);
    // Created after all, by an attempt whose answer was lost.
    if (content === holder) return;
    const sign = `${status?.modified} ${content}`;
    const now = performance.now();
    if (sign !== seen.sign) seen = { sign, since: now };
    else if (isGone(markIn(content)) || now - seen.since > (content === "" ? blank : stale))
      await clearAway(files, lock.path, content);
    if (now - start > patience) throw stillHeld(lock, content);
    await pause(wait * (0.5 + Math.random()));
  }
}

function markIn(content = ""): string {
  return /^\S+ process (\S+) /.exec(content)?.[1] ?? "";
}

/** Renaming is one step, so that of several waiters only one clears away; a lock taken meanwhile is put back. */
async function clearAway(files: Files, path: string, expected: string | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await files.rename(path, aside);
    if ((await files.read(aside)) === expected) await files.remove(aside);
    else await files.rename(aside, path);
  } catch (error) {
    // Another waiter was faster.
    if (!isServerError(error, "file-error")) throw error;
  }
}

async function showLife({ files, path }: RemoteLock): Promise<void> {
  try {
    await (await files()).refresh(path);
  } catch {
    // The next beat tries again, and the work itself reports a server that is gone.
  }
}

async function release({ files, path }: RemoteLock, holder: string): Promise<void> {
  try {
    const open = await files();
    if ((await open.read(path)) === holder) await open.remove(path);
  } catch {
    // The work is done or has failed with an error of its own; a lock left behind becomes stale and is cleared away.
  }
}

function stillHeld(
  { path, reporter, timing = usualTiming }: RemoteLock,
  content: string | undefined,
): ServerError {
  return reporter.error({
    code: "timed-out",
    phrase: `take the lock ${path}`,
    said: `held by ${content?.trim() || "an unknown process"} for more than ${Math.round(timing.patience / 1000)} seconds`,
    wayOut: "Wait for the other run to end; if there is none, remove the file.",
  });
}
