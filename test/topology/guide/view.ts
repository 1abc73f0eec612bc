import type { TopologyInput } from "../../../provider/schema/topology";

type ServerInput = TopologyInput["servers"][string];

/** A topology as the guide speaks of it. Ways are listed one by one; that takes no cleverness, and no rule's code. */
export interface Cluster {
  topology: TopologyInput;
  /** Servers of the cluster: those that end a link or trust, or all when there is neither. */
  names: string[];
  server: (name: string) => ServerInput;
  isNameserver: (name: string) => boolean;
  runsCpanel: (name: string) => boolean;
  feeds: (from: string, to: string) => boolean;
  /** Every way along feeding links that visits no server twice. */
  ways: string[][];
}

export function view(topology: TopologyInput): Cluster {
  const names = serversOfCluster(topology);
  const server = (name: string): ServerInput => topology.servers[name] ?? { type: "dnsonly" };
  const fed = new Set(
    (topology.links ?? []).filter(({ role }) => role !== "standalone").map(({ from, to }) => `${from} ${to}`),
  );
  const feeds = (from: string, to: string): boolean => fed.has(`${from} ${to}`);
  return {
    topology,
    names,
    server,
    isNameserver: (name) => server(name).type === "dnsonly" || server(name).nameserver === true,
    runsCpanel: (name) => server(name).type === "cpanel",
    feeds,
    ways: names.flatMap((name) => waysFrom([name], names, feeds)),
  };
}

function serversOfCluster({ servers, links = [], trusts = [] }: TopologyInput): string[] {
  const ends = new Set([
    ...links.flatMap(({ from, to }) => [from, to]),
    ...trusts.flatMap(({ server, peer }) => [server, peer]),
  ]);
  return Object.keys(servers).filter((name) => ends.size === 0 || ends.has(name));
}

function waysFrom(way: string[], names: string[], feeds: Cluster["feeds"]): string[][] {
  const onward = names.filter((name) => !way.includes(name) && feeds(way[way.length - 1] ?? "", name));
  return [way, ...onward.flatMap((name) => waysFrom([...way, name], names, feeds))];
}

/** Whether some way leads from one server to another. */
export function leads({ ways }: Cluster, from: string, to: string): boolean {
  return ways.some((way) => way.length > 1 && way[0] === from && way[way.length - 1] === to);
}

/** Every two servers of which the first feeds the second. */
export function feedingPairs({ names, feeds }: Cluster): [string, string][] {
  return names.flatMap((from) =>
    names.filter((to) => to !== from && feeds(from, to)).map((to): [string, string] => [from, to]),
  );
}

/** The nameservers that are fed and feed nameservers, whether they are declared intermediaries or not. */
export function intermediaries(cluster: Cluster): string[] {
  const { names, isNameserver } = cluster;
  const pairs = feedingPairs(cluster);
  return names.filter(
    (name) =>
      isNameserver(name) &&
      pairs.some(([, to]) => to === name) &&
      pairs.some(([from, to]) => from === name && isNameserver(to)),
  );
}
