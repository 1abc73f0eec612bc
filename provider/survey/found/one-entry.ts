import { listText } from "../../topology";
import { duplicateMembers, type DuplicateMembers } from "../duplicate-members";
import type { Circumstances, LeftAlone, SortedEntries } from "./found-entry";

type Placed = DuplicateMembers & { readonly server: string };

/** Takes out entries for a server that another one stores twice: a program declares one link between two servers. */
export function withOneEntry(
  { entries, leftAlone }: SortedEntries,
  { survey, nameAt }: Circumstances,
): SortedEntries {
  const duplicates = [...survey.servers.values()].flatMap(({ name: server, members }) =>
    duplicateMembers(members, nameAt).map((duplicate): Placed => ({ ...duplicate, server })),
  );
  // Where only one of them can be brought in, it is.
  const refused = duplicates.flatMap(({ server, keys }) => {
    const alike = entries.filter(({ holder, key }) => holder === server && keys.includes(key));
    return alike.length > 1 ? alike : [];
  });
  // That no connection leads to the second address is no news.
  const isAgain = (holder: string, address: string): boolean =>
    nameAt(address) === undefined &&
    duplicates.some(({ server, keys }) => server === holder && keys.includes(address));
  return {
    entries: entries.filter((entry) => !refused.includes(entry)),
    leftAlone: [
      ...leftAlone.filter(({ server, key = "" }) => !isAgain(server, key)),
      ...duplicates.map(storedTwice),
    ],
  };
}

function storedTwice({ server, about, keys }: Placed): LeftAlone {
  return {
    server,
    what: `entries for ${about}`,
    why: `it is stored under ${listText(keys)}, and WHM allows one member for a host name`,
    fix: "Remove the one that is not right any more in WHM, and run the command again.",
  };
}
