import type { FoundEntry, LeftAlone, SortedEntries } from "./found-entry";

/**
 * Takes out entries that give a server another host name than most others do. A program knows one name for each
 * server.
 */
export function withOneHost({ entries, leftAlone }: SortedEntries): SortedEntries {
  const isUsual = ({ about, host }: FoundEntry): boolean => host === usualHost(about, entries);
  const others = entries.filter((entry) => !isUsual(entry)).map((entry) => namedOtherwise(entry, entries));
  return { entries: entries.filter(isUsual), leftAlone: [...leftAlone, ...others] };
}

/** Returns the host name that most entries give a server; undefined if there is no entry about it. */
export function usualHost(name: string, entries: readonly FoundEntry[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { about, host } of entries) if (about === name) counts.set(host, (counts.get(host) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function namedOtherwise({ holder, about, host }: FoundEntry, entries: readonly FoundEntry[]): LeftAlone {
  const usual = usualHost(about, entries) ?? about;
  return {
    server: holder,
    what: `entry for ${about}`,
    why: `it stores the host name ${host}, and most others store ${usual}`,
    fix: `Store ${usual} in WHM, and run the command again.`,
  };
}
