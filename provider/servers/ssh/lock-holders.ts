import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { isGone, processMark } from "./process-mark";

/** Locks that are held or waited for here: one of this process that is not among them was left behind. */
const holdersHere = new Set<string>();

/** A name for one piece of work under a lock, for people and for other runs. No two are the same. */
export function newHolder(): string {
  const holder = `${hostname()} process ${processMark} ${randomUUID()}`;
  holdersHere.add(holder);
  return holder;
}

/** The work is over. */
export function retire(holder: string): void {
  holdersHere.delete(holder);
}

/** Whether a holder is known to be at work no more: of a process that has ended, or of this one and retired. */
export function hasEnded(holder: string): boolean {
  const [, mark = ""] = /^\S+ process (\S+) /.exec(holder) ?? [];
  return isGone(mark) || (mark === processMark && !holdersHere.has(holder));
}
