import { AsyncLocalStorage } from "node:async_hooks";

// One process, one end: what counts is whether anything is being changed on any server.

/** Known to everything that a piece of work calls: what it needs to come to its end may still be begun. */
const inside = new AsyncLocalStorage<true>();
/** Pieces of work that have begun and not ended. */
let running = 0;
/** Whether nothing new may begin: the engine has gone. */
let isOver = false;
const atRest: (() => void)[] = [];

/**
 * Does a piece of work that should not be left in the middle.
 *
 * @throws Error when no more work is begun, unless it is a part of what is under way
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

/** From now on no new work is begun. Resolves when all that is under way has come to its end. */
export async function endOfWork(): Promise<void> {
  isOver = true;
  if (running > 0) await new Promise<void>((resolve) => atRest.push(resolve));
}
