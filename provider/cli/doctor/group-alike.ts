import { isIPv4 } from "node:net";
import type { Server, Servers } from "../../schema/server";
import type { Examination } from "../../survey";

/** Servers of which the same was found. */
export interface AlikeServers {
  readonly first: Examination;
  readonly names: readonly string[];
  /** Whether the texts differ in names and addresses. */
  readonly isVaried: boolean;
}

/** Fewer servers than this are shown one by one. */
const fewest = 5;

/** Groups servers of which the same was found, in the order of the first of each. */
export function groupAlike(servers: readonly Examination[], connections: Servers): AlikeServers[] {
  const groups = new Map<string, Examination[]>();
  for (const each of servers) {
    const key = withoutNames(contentOf(each), each.server, connections[each.server]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length < fewest ? group.map(alone) : [together(group)],
  );
}

function alone(first: Examination): AlikeServers {
  return { first, names: [first.server], isVaried: false };
}

function together(group: readonly Examination[]): AlikeServers {
  const [first] = group as [Examination];
  const isVaried = group.some((each) => contentOf(each) !== contentOf(first));
  return { first, names: group.map(({ server }) => server), isVaried };
}

/** Returns what is shown of a server. */
function contentOf({ checks, facts }: Examination): string {
  const shown = checks.map(({ check, state, message, cure }) =>
    state === "ok" || state === "skipped" ? [check, state] : [check, state, message, cure],
  );
  return JSON.stringify([shown, facts.product, facts.version]);
}

/** Leaves out by what alike servers differ. Fingerprints stay: each has to be compared. */
function withoutNames(text: string, name: string, server: Server | undefined): string {
  const { connection, api, hostname, address } = server ?? {};
  const own = [name, connection?.host, api?.host, hostname, address].filter((word) => word !== undefined);
  const ports = [connection?.port, api?.port].filter((port) => port !== undefined);
  const words = new Set([...own, ...ports.map(String)]);
  return text.replace(/[\w.-]*\w/g, (word) => (words.has(word) || isIPv4(word) ? "" : word));
}
