import type { LeftAlone } from "../../survey";
import { inReadingOrder, listText } from "../../topology";

/** Fewer things than this are listed one by one. */
const fewest = 3;

/** Writes one line about something that is left alone. */
export function leftText({ server, what, why, fix }: LeftAlone): string {
  return `${server}: ${what}: ${why}. ${fix}`;
}

/** Writes one line for what several servers have alike, and for what one server has alike for several others. */
export function leftLines(leftAlone: readonly LeftAlone[]): string[] {
  const onServers = together(leftAlone, ({ what, why, fix }) => [what, why, fix].join("\n"));
  const left = onServers.filter((group) => group.length < fewest).flat();
  const ofServer = together(left, ({ server, why, fix }) => [server, why, fix].join("\n"));
  return [...onServers.filter((group) => group.length >= fewest), ...ofServer].flatMap((group) =>
    group.length < fewest ? group.map(leftText) : [combined(group)],
  );
}

type Group = readonly [LeftAlone, ...LeftAlone[]];

function together(leftAlone: readonly LeftAlone[], keyOf: (each: LeftAlone) => string): Group[] {
  const groups = new Map<string, [LeftAlone, ...LeftAlone[]]>();
  for (const each of leftAlone) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return [...groups.values()];
}

function combined(group: Group): string {
  const servers = inReadingOrder([...new Set(group.map(({ server }) => server))]);
  const things = [...new Set(group.map(({ what }) => what))];
  return leftText({ ...group[0], server: listText(servers), what: listText(things) });
}
