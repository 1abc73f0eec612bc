import type { TopologyInput } from "../../provider/schema/topology";
import { isRejected, validateTopology } from "../../provider/topology";

// A second opinion for the rules: the guide's sentences, one after another, on plain lists. It enumerates paths
// without any cleverness and shares no code with the rules. It takes well-formed topologies only: declared names, no
// self-links, no duplicates, addresses everywhere.

/** Whether the guide rejects a topology. */
export function guideRejects(topology: TopologyInput): boolean {
  const cluster = view(topology);
  return [
    atLeastOneRunsCpanel,
    noNameserverSynchronisesBack,
    zonesNeverReturn,
    webServersAreNotLinkedToEachOther,
    nameserversAreLinkedFromIntermediariesOnly,
    intermediariesStandBetween,
    oneIntermediaryIsEnough,
    everyWebServerReachesANameserver,
    everyNameserverIsReached,
    synchronisingServersTrustEachOther,
  ].some((sentence) => !sentence(cluster));
}

/** What the rules and the guide disagree about, in a line that can be acted on; `undefined` when they agree. */
export function disagreement(topology: TopologyInput): string | undefined {
  const rules = isRejected(validateTopology(topology));
  const guide = guideRejects(topology);
  return rules === guide ? undefined : `rules ${rules}, guide ${guide}: ${JSON.stringify(topology)}`;
}

interface Cluster {
  names: string[];
  isNameserver: (name: string) => boolean;
  mayPassOn: (name: string) => boolean;
  runsCpanel: (name: string) => boolean;
  feeds: (from: string, to: string) => boolean;
  /** Every way along feeding links that visits no server twice. */
  ways: string[][];
  topology: TopologyInput;
}

function view(topology: TopologyInput): Cluster {
  const names = serversOfCluster(topology);
  const server = (name: string): TopologyInput["servers"][string] =>
    topology.servers[name] ?? { type: "dnsonly" };
  const feeds = (from: string, to: string): boolean =>
    (topology.links ?? []).some((link) => link.from === from && link.to === to && link.role !== "standalone");
  const extend = (way: string[]): string[][] => [
    way,
    ...names
      .filter((name) => !way.includes(name) && feeds(way[way.length - 1] ?? "", name))
      .flatMap((name) => extend([...way, name])),
  ];
  return {
    names,
    isNameserver: (name) => server(name).type === "dnsonly" || server(name).nameserver === true,
    mayPassOn: (name) => server(name).intermediary === true,
    runsCpanel: (name) => server(name).type === "cpanel",
    feeds,
    ways: names.flatMap((name) => extend([name])),
    topology,
  };
}

/** Only servers that end a link or trust are in a cluster; without any link, all that are declared stand for it. */
function serversOfCluster({ servers, links = [], trusts = [] }: TopologyInput): string[] {
  const ends = new Set([
    ...links.flatMap(({ from, to }) => [from, to]),
    ...trusts.flatMap(({ server, peer }) => [server, peer]),
  ]);
  return Object.keys(servers).filter((name) => ends.size === 0 || ends.has(name));
}

function leads({ ways }: Cluster, from: string, to: string): boolean {
  return ways.some((way) => way.length > 1 && way[0] === from && way[way.length - 1] === to);
}

function pairs({ names }: Cluster): [string, string][] {
  return names.flatMap((from) => names.filter((to) => to !== from).map((to): [string, string] => [from, to]));
}

function passesOn(cluster: Cluster, name: string): boolean {
  const { names, feeds, isNameserver } = cluster;
  const isFed = names.some((other) => other !== name && feeds(other, name));
  return (
    isNameserver(name) &&
    isFed &&
    names.some((other) => other !== name && isNameserver(other) && feeds(name, other))
  );
}

function atLeastOneRunsCpanel({ names, runsCpanel }: Cluster): boolean {
  return names.length >= 2 && names.some(runsCpanel);
}

function noNameserverSynchronisesBack(cluster: Cluster): boolean {
  const { feeds, isNameserver } = cluster;
  return !pairs(cluster).some(([from, to]) => feeds(from, to) && isNameserver(from) && !isNameserver(to));
}

function zonesNeverReturn(cluster: Cluster): boolean {
  return !cluster.ways.some(
    (way) => way.length > 1 && cluster.feeds(way[way.length - 1] ?? "", way[0] ?? ""),
  );
}

function webServersAreNotLinkedToEachOther(cluster: Cluster): boolean {
  const { feeds, isNameserver } = cluster;
  return !pairs(cluster).some(([from, to]) => feeds(from, to) && !isNameserver(from) && !isNameserver(to));
}

function nameserversAreLinkedFromIntermediariesOnly(cluster: Cluster): boolean {
  const { feeds, isNameserver, mayPassOn } = cluster;
  const between = pairs(cluster).filter(
    ([from, to]) => feeds(from, to) && isNameserver(from) && isNameserver(to),
  );
  return between.every(([from]) => mayPassOn(from));
}

function intermediariesStandBetween(cluster: Cluster): boolean {
  const { names, isNameserver, mayPassOn } = cluster;
  return names.filter(mayPassOn).every((name) => {
    const webBefore = names.some((other) => !isNameserver(other) && leads(cluster, other, name));
    const nameserverBehind = names.some(
      (other) => other !== name && isNameserver(other) && leads(cluster, name, other),
    );
    return webBefore && nameserverBehind;
  });
}

function oneIntermediaryIsEnough(cluster: Cluster): boolean {
  return cluster.names.filter((name) => passesOn(cluster, name)).length <= 1;
}

function everyWebServerReachesANameserver(cluster: Cluster): boolean {
  const { names, isNameserver } = cluster;
  const webServers = names.filter((name) => !isNameserver(name));
  return webServers.every((web) => names.some((name) => isNameserver(name) && leads(cluster, web, name)));
}

function everyNameserverIsReached(cluster: Cluster): boolean {
  const { names, isNameserver } = cluster;
  return names
    .filter(isNameserver)
    .every((name) => names.some((web) => !isNameserver(web) && leads(cluster, web, name)));
}

function synchronisingServersTrustEachOther({ topology, runsCpanel }: Cluster): boolean {
  const { links = [], trusts } = topology;
  if (!trusts) return true;
  return links
    .filter(({ from, to, role }) => role === "sync" && runsCpanel(from) && runsCpanel(to))
    .every(
      ({ from, to }) =>
        trusts.some(({ server, peer }) => server === from && peer === to) ||
        links.some((back) => back.from === to && back.to === from),
    );
}
