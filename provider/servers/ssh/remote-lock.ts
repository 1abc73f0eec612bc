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

/** A lock that is held. */
export interface HeldLock {
  /** Writes lines into the lock: should this run end in the middle, whoever clears the lock away is told them. */
  note(...lines: string[]): Promise<void>;
  /** What a run that ended in the middle had noted. */
  left: readonly string[];
}

/** Locks that are held or waited for here: one of this process that is not among them was left behind. */
const holdersHere = new Set<string>();

/** Runs work while holding a lock file on the server. */
export async function withRemoteLock<T>(lock: RemoteLock, work: (held: HeldLock) => Promise<T>): Promise<T> {
  const { beat } = lock.timing ?? usualTiming;
  const holder = `${thisProcess} ${randomUUID()}\n`;
  holdersHere.add(holder);
  let pulse: NodeJS.Timeout | undefined;
  try {
    const left = await acquire(lock, holder);
    pulse = setInterval(() => void showLife(lock), beat).unref();
    return await thenRelease(lock, holder, () =>
      work({ left, note: (...lines) => note(lock, holder, lines) }),
    );
  } finally {
    clearInterval(pulse);
    holdersHere.delete(holder);
  }
}

async function note(lock: RemoteLock, holder: string, lines: readonly string[]): Promise<void> {
  const { path } = lock;
  const open = await lock.files();
  // Appending would make a lock without a holder, which keeps everybody waiting.
  if (!(await open.read(path))?.startsWith(holder)) throw isLost(lock);
  await open.append(path, lines.map((line) => `${line}\n`).join(""), 0o600);
}

/** Resolves with what was noted in a lock that had to be cleared away. */
async function acquire(lock: RemoteLock, holder: string): Promise<readonly string[]> {
  const { stale, blank, patience } = lock.timing ?? usualTiming;
  const start = performance.now();
  let seen = { sign: "", since: start };
  let left: string[] = [];
  for (let wait = 50; ; wait = Math.min(wait * 1.5, 1000)) {
    const files = await lock.files();
    if (await create(lock, files, holder)) return left;
    const [content, status] = await Promise.all([files.read(lock.path), files.stat(lock.path)]);
    // Created after all, by an attempt whose answer was lost.
    if (content === holder) return left;
    const sign = `${status?.modified} ${content}`;
    const now = performance.now();
    if (sign !== seen.sign) seen = { sign, since: now };
    else if (isLeftBehind(content) || now - seen.since > (content === "" ? blank : stale))
      left = (await clearAway(files, lock.path, content)) ?? left;
    if (now - start > patience) throw stillHeld(lock, content);
    await pause(wait * (0.5 + Math.random()));
  }
}

/** Where the name came late, a waiter may have cleared the lock away as one without a holder, before it was written. */
async function create({ path, timing }: RemoteLock, files: Files, holder: string): Promise<boolean> {
  const { blank } = timing ?? usualTiming;
  const start = performance.now();
  if (!(await files.createExclusively(path, holder, 0o600))) return false;
  return performance.now() - start < blank || (await files.read(path)) === holder;
}

/** Of a process that has ended, or of this one and given up by it. */
function isLeftBehind(content = ""): boolean {
  const [holder = ""] = content.split(/(?<=\n)/);
  const [, mark = ""] = /^\S+ process (\S+) /.exec(holder) ?? [];
  return isGone(mark) || (mark === processMark && !holdersHere.has(holder));
}

/**
 * Renaming is one step, so that of several waiters only one clears away; a lock taken meanwhile is put back. Resolves with
 * what was noted in the lock, when it was this waiter that cleared it away.
 */
async function clearAway(files: Files, path: string, expected = ""): Promise<string[] | undefined> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await files.rename(path, aside);
    if ((await files.read(aside)) !== expected) return void (await files.rename(aside, path));
    await files.remove(aside);
    return expected.split("\n").slice(1, -1);
  } catch (error) {
    // Another waiter was faster.
    if (isServerError(error, "file-error")) return undefined;
    throw error;
  }
}

async function showLife({ files, path }: RemoteLock): Promise<void> {
  try {
    await (await files()).refresh(path);
  } catch {
    // The next beat tries again, and the work itself reports a server that is gone.
  }
}

/** A lock that cannot be given back after good work is an error: the next run takes it away and has nothing else to do. */
async function thenRelease<T>(lock: RemoteLock, holder: string, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // The work's own error says more than this one could.
    await release(lock, holder).catch(() => undefined);
    throw error;
  }
  await release(lock, holder);
  return result;
}

async function release({ files, path }: RemoteLock, holder: string): Promise<void> {
  const open = await files();
  if ((await open.read(path))?.startsWith(holder)) await open.remove(path);
}

function isLost({ path, reporter }: RemoteLock): ServerError {
  return reporter.error({
    code: "not-confirmed",
    phrase: `keep the lock ${path}`,
    said: "another run has taken it, as this one gave no sign of life for long, or somebody has removed it",
    wayOut: "Run pulumi up again.",
  });
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
