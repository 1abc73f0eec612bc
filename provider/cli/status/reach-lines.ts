import { endOf, type TriedWay, type WayState } from "../../survey";
import { countText, inReadingOrder, listText, wrapLines } from "../../topology";
import { printable } from "../streams";

/** What is said of the entries in each state, for one of them and for several. */
const stateWords: Record<WayState, readonly [one: string, several: string]> = {
  accepted: ["answers and accepts the token", "answer and accept the token"],
  open: ["answers, token not tried", "answer, token not tried"],
  refused: ["refuses the token", "refuse the token"],
  unproven: ["is not proven to be the peer", "are not proven to be the peer"],
  unreachable: ["can't be reached", "can't be reached"],
  "not-asked": ["could not be asked", "could not be asked"],
};

/** Formats who reaches whom: how many ways are well, and the others by the server at their end. */
export function reachLines(reach: readonly TriedWay[] | undefined, columns: number | undefined): string[] {
  if (reach === undefined) return [];
  const entries = reach.filter(({ role }) => role !== undefined);
  const others = reach.filter(({ role }) => role === undefined);
  const lines = [
    `who reaches whom: ${countText(entries.length, "member")}, each called from where it is stored`,
    ...stateLines(entries),
    ...(others.length > 0 ? [`  without an entry: ${withoutEntry(others)}`] : []),
  ];
  return wrapLines(lines.map(printable), columns);
}

function stateLines(entries: readonly TriedWay[]): string[] {
  return (Object.keys(stateWords) as WayState[]).flatMap((state) => {
    const alike = entries.filter((way) => way.state === state);
    if (alike.length === 0) return [];
    const [one, several] = stateWords[state];
    const which = state === "not-asked" ? `those of ${callersText(alike)}` : endsText(alike);
    const named = state === "accepted" ? "" : `: ${which}`;
    return [`  ${alike.length} ${alike.length === 1 ? one : several}${named}`];
  });
}

function withoutEntry(ways: readonly TriedWay[]): string {
  const closed = ways.filter(({ state }) => state === "unreachable");
  const asked = ways.filter(({ state }) => state !== "not-asked");
  const open = asked.length - closed.length;
  return [
    ...(open > 0 ? [`${open} open`] : []),
    ...(closed.length > 0 ? [`${closed.length} closed: ${endsText(closed)}`] : []),
    ...(asked.length < ways.length ? [`${ways.length - asked.length} could not be asked`] : []),
  ].join(", ");
}

/** More peers than this are only counted. */
const mostEnds = 10;

/** Names each server at the end of ways once, with those that they begin at. */
function endsText(ways: readonly TriedWay[]): string {
  const ends = inReadingOrder([...new Set(ways.map(endOf))]);
  const shown = ends.slice(0, mostEnds).map((end) => {
    return `${end} from ${callersText(ways.filter((way) => endOf(way) === end))}`;
  });
  const more = ends.length > mostEnds ? [`${ends.length - mostEnds} more`] : [];
  return [...shown, ...more].join("; ");
}

function callersText(ways: readonly TriedWay[]): string {
  return listText(inReadingOrder([...new Set(ways.map(({ server }) => server))]));
}
