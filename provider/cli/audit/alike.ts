import type { Difference } from "../../survey";
import { inReadingOrder, withoutName } from "../../topology";

/**
 * Differences that say the same: of several servers about one other, of one server about several others, or of several
 * servers about each of several others.
 */
export interface AlikeDifferences {
  readonly first: Difference;
  /** Names of the servers on which they are, in reading order. */
  readonly servers: readonly string[];
  /** Says how many there are and where; undefined for a single difference. */
  readonly others?: string;
}

/** Fewer differences than this are shown one by one. */
const fewest = 3;

/**
 * Groups differences that say the same, those of several servers before those of one. Which servers and which others a
 * group is about stays known.
 */
export function groupAlike(differences: readonly Difference[]): AlikeDifferences[] {
  const byOther = split(differences, withoutServer);
  const byServer = split(byOther.single, withoutPeer);
  const kept = new Set(byServer.single);
  const own = differences.flatMap((each): AlikeDifferences[] => {
    if (kept.has(each)) return [{ first: each, servers: [each.server] }];
    const group = byServer.groups.find(([first]) => first === each);
    return group ? [alike(group, "about", group.map(otherOf))] : [];
  });
  return [...together(byOther.groups), ...own];
}

/** Groups groups of the same servers that say the same about several others. */
function together(groups: readonly Group[]): AlikeDifferences[] {
  const found = new Map<string, Group[]>();
  for (const group of groups) {
    const key = `${serversOf(group).join("\n")}\n${withoutBoth(group[0])}`;
    found.set(key, [...(found.get(key) ?? []), group]);
  }
  return [...found.values()].flatMap((alikes) => {
    if (alikes.length < fewest) return alikes.map((group) => alike(group, "on", serversOf(group)));
    const all = alikes.flat() as [Difference, ...Difference[]];
    const others = inReadingOrder([...new Set(all.map(otherOf))]);
    const servers = serversOf(all);
    const where = `on ${servers.join(", ")}, each about ${others.join(", ")}`;
    return [{ first: all[0], servers, others: `${all.length} like this, ${where}.` }];
  });
}

function serversOf(group: Group): string[] {
  return inReadingOrder([...new Set(group.map(({ server }) => server))]);
}

type Group = readonly [Difference, ...Difference[]];

/** Returns the groups that are large enough, and the differences in none. */
function split(
  differences: readonly Difference[],
  keyOf: (difference: Difference) => string,
): { readonly groups: readonly Group[]; readonly single: readonly Difference[] } {
  const found = new Map<string, [Difference, ...Difference[]]>();
  for (const difference of differences) {
    const group = found.get(keyOf(difference));
    if (group) group.push(difference);
    else found.set(keyOf(difference), [difference]);
  }
  const all = [...found.values()];
  return {
    groups: all.filter(({ length }) => length >= fewest),
    single: all.filter(({ length }) => length < fewest).flat(),
  };
}

function alike(group: Group, preposition: "on" | "about", named: readonly string[]): AlikeDifferences {
  const names = inReadingOrder([...new Set(named)]);
  return {
    first: group[0],
    servers: serversOf(group),
    others: `${group.length} like this, ${preposition} ${names.join(", ")}.`,
  };
}

/** Returns the text of a difference without its server. */
function withoutServer(difference: Difference): string {
  const { server, kind, message, fix } = difference;
  return `${kind}\n${withoutName(message, server, "\0")}\n${withoutName(fix, server, "\0")}`;
}

const address = /\b\d+\.\d+\.\d+\.\d+\b/g;

/** Returns the text of a difference without the other server and its address. */
function withoutPeer(difference: Difference): string {
  const { server, kind, message, fix } = difference;
  const text = withoutName(`${message}\n${fix}`, otherOf(difference), "\0").replace(address, "\0");
  return `${server}\n${kind}\n${text}`;
}

/** Returns the text of a difference without either server. */
function withoutBoth(difference: Difference): string {
  const { server, kind, message, fix } = difference;
  const text = withoutName(withoutName(`${message}\n${fix}`, server, "\0"), otherOf(difference), "\0");
  return `${kind}\n${text.replace(address, "\0")}`;
}

function otherOf({ peer, declared }: Difference): string {
  return peer ?? declared ?? "";
}
