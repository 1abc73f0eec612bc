import type { FoundEntry } from "./found-entry";

/** A standalone entry for a server that feeds its holder is a trust: it sends nothing, and lets the other one in. */
export function trustsAmong(entries: readonly FoundEntry[]): (entry: FoundEntry) => boolean {
  const feeding = new Set(
    entries.filter(({ role }) => role !== "standalone").map(({ holder, about }) => `${holder}\0${about}`),
  );
  return ({ holder, about, role }) => role === "standalone" && feeding.has(`${about}\0${holder}`);
}
