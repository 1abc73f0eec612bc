import { randomUUID } from "node:crypto";

// A resource that gets another name in the program, or is replaced under the same key, is made anew first and deleted
// last. Both speak of one and the same entry on the server, and that entry has to outlive the second step.

const latest = new Map<string, string>();

/** Lays claim to an entry on a server for the resource that writes it from now on; the state keeps the result. */
export function claim(entry: string): string {
  const mark = randomUUID();
  latest.set(entry, mark);
  return mark;
}

/** Whether another resource has laid claim to the entry during this run. */
export function isTakenOver(entry: string, mark: unknown): boolean {
  const last = latest.get(entry);
  return last !== undefined && last !== mark;
}
