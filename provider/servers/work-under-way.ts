import { AsyncLocalStorage } from "node:async_hooks";

// Each process ends once: what counts is whether anything is being changed on any server.

/** Set for everything that a piece of work calls: what it needs in order to finish may still be begun. */
const inside = new AsyncLocalStorage<true>();
/** Number of pieces of work in progress. */
let running = 0;
/** Whether nothing new may begin because the engine has gone. */
let isOver = false;
const atRest: (() => void)[] = [];

/**
 * Runs a piece of work that should not be interrupted.
 *
 * @throws Error when no more work may begin, unless it is part of work in progress
 */
export async function underWay<T>(work: () => Promise<T>): Promise<T> {
  if (inside.getStore()) return work();
  if (isOver) throw new Error("No new work is started: this process is about to end.");
  running += 1;
  try {
    return await inside.run(true, work);
  } finally {
    running -= 1;
    if (running === 0) for (const tell of atRest.splice(0)) tell();
  }
}

/** Prevents new work from now on. Resolves when all work in progress has finished. */
export async function endOfWork(): Promise<void> {
  isOver = true;
  if (running > 0) await new Promise<void>((resolve) => atRest.push(resolve));
}
