import { listText } from "../../topology";
import { endOf, type TriedWay } from "../reach/way";
import type { ClusterStatus } from "./cluster-status";

/** What is told of ways and not judged. */
interface ReachNote {
  readonly server: string;
  readonly message: string;
}

/** Lists what could not be tried, and closed ways that nothing goes along yet. */
export function reachNotes({ reach = [] }: ClusterStatus): ReachNote[] {
  const inState = (state: TriedWay["state"]): TriedWay[] => reach.filter((way) => way.state === state);
  return [
    ...grouped(inState("not-asked"), callerOf, (ways, said) => [
      callerOf(ways[0]),
      `could not be asked whether it reaches ${listText(ways.map(endOf))}: ${said}`,
    ]),
    ...grouped(
      inState("open").filter(({ role }) => role !== undefined),
      endOf,
      (ways, said) => [
        endOf(ways[0]),
        `answers ${listText(ways.map(callerOf))}, but the token was not tried: ${said}`,
      ],
    ),
    ...grouped(
      inState("unreachable").filter(({ need }) => need === "coverage"),
      endOf,
      (ways, said) => [
        endOf(ways[0]),
        `gets no zones of ${listText(ways.map(callerOf))}, and can't be reached from there: ${said}`,
      ],
    ),
  ];
}

type Ways = readonly [TriedWay, ...TriedWay[]];

/** Makes one note for the ways with the same end of which the same was said. */
function grouped(
  ways: readonly TriedWay[],
  nameOf: (way: TriedWay) => string,
  write: (ways: Ways, said: string) => [server: string, message: string],
): ReachNote[] {
  const groups = new Map<string, [TriedWay, ...TriedWay[]]>();
  for (const way of ways) {
    const key = JSON.stringify([nameOf(way), way.said]);
    const group = groups.get(key);
    if (group) group.push(way);
    else groups.set(key, [way]);
  }
  return [...groups.values()].map((group) => {
    const [server, message] = write(group, group[0].said ?? "");
    return { server, message: message.replace(/\.$/, "") };
  });
}

function callerOf({ server }: TriedWay): string {
  return server;
}
