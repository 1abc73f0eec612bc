import type { Survey } from "../server-survey";
import type { FoundEntry, LeftAlone, SortedEntries } from "./found-entry";
import { trustsAmong } from "./trusts";

/** Takes out links of servers whose clustering is off: nothing flows there. A trust needs no clustering. */
export function withLinksInUse({ entries, leftAlone }: SortedEntries, { servers }: Survey): SortedEntries {
  const isTrust = trustsAmong(entries);
  const isInUse = (entry: FoundEntry): boolean =>
    isTrust(entry) || servers.get(entry.holder)?.isClusteringOn === true;
  const others = entries.filter((entry) => !isInUse(entry)).map(outOfUse);
  return { entries: entries.filter(isInUse), leftAlone: [...leftAlone, ...others] };
}

function outOfUse({ holder, about }: FoundEntry): LeftAlone {
  return {
    server: holder,
    what: `entry for ${about}`,
    why: `clustering is off on ${holder}, so it is not in use`,
    fix: "Turn clustering on in WHM, or remove the entry.",
  };
}
