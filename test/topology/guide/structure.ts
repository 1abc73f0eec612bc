import { feedingPairs, intermediaries, leads, type Cluster } from "./view";

// What the guide says about who may be linked to whom, each sentence as a test of a cluster.

/** G1: a cluster has at least two servers, and at least one of them runs cPanel & WHM. */
export function twoServersAndOneRunsCpanel({ names, runsCpanel }: Cluster): boolean {
  return names.length >= 2 && names.some(runsCpanel);
}

/** G2: never let a nameserver synchronise back to a web server. */
export function noNameserverFeedsAWebServer(cluster: Cluster): boolean {
  const { isNameserver } = cluster;
  return !feedingPairs(cluster).some(([from, to]) => isNameserver(from) && !isNameserver(to));
}

/** G2, G8: no zone comes back to where it was. */
export function zonesNeverReturn({ ways, feeds }: Cluster): boolean {
  return !ways.some((way) => way.length > 1 && feeds(way[way.length - 1] ?? "", way[0] ?? ""));
}

/** G4: do not link cPanel & WHM servers to each other. */
export function webServersAreNotLinked(cluster: Cluster): boolean {
  const { isNameserver } = cluster;
  return !feedingPairs(cluster).some(([from, to]) => !isNameserver(from) && !isNameserver(to));
}

/** G4: do not link nameservers to each other; G7: unless the first is meant to be an intermediary. */
export function nameserversAreLinkedFromIntermediariesOnly(cluster: Cluster): boolean {
  const { isNameserver, server } = cluster;
  return feedingPairs(cluster)
    .filter(([from, to]) => isNameserver(from) && isNameserver(to))
    .every(([from]) => server(from).intermediary === true);
}

/** G7: an intermediary stands between a web server and another nameserver. */
export function intermediariesStandBetween(cluster: Cluster): boolean {
  const { names, isNameserver, server } = cluster;
  const declared = names.filter((name) => server(name).intermediary === true);
  return declared.every(
    (name) =>
      names.some((web) => !isNameserver(web) && leads(cluster, web, name)) &&
      names.some((other) => other !== name && isNameserver(other) && leads(cluster, name, other)),
  );
}

/** G8: multiple intermediaries are not recommended. */
export function oneIntermediaryIsEnough(cluster: Cluster): boolean {
  return intermediaries(cluster).length <= 1;
}

/** G8: multiple intermediaries take at least two cPanel & WHM servers and two nameservers. */
export function manyIntermediariesTakeTwoOfEach(cluster: Cluster): boolean {
  const { names, isNameserver, runsCpanel } = cluster;
  const enough = names.filter(runsCpanel).length >= 2 && names.filter(isNameserver).length >= 2;
  return enough || intermediaries(cluster).length < 2;
}

/** G6: each web server is linked to a nameserver, directly or through an intermediary. */
export function everyWebServerReachesANameserver(cluster: Cluster): boolean {
  const { names, isNameserver } = cluster;
  const webServers = names.filter((name) => !isNameserver(name));
  return webServers.every((web) => names.some((name) => isNameserver(name) && leads(cluster, web, name)));
}

/** G6: whatever is to share zones is linked. Servers that are named nowhere in the links and trusts. */
export function serversWithoutLink({ topology }: Cluster): string[] {
  const { servers, links = [], trusts = [] } = topology;
  return Object.keys(servers).filter(
    (name) =>
      !links.some(({ from, to }) => from === name || to === name) &&
      !trusts.some(({ server, peer }) => server === name || peer === name),
  );
}

/** G1, G6: the zones of some web server come to each nameserver. */
export function everyNameserverIsReached(cluster: Cluster): boolean {
  const { names, isNameserver } = cluster;
  const nameservers = names.filter(isNameserver);
  return nameservers.every((name) => names.some((web) => !isNameserver(web) && leads(cluster, web, name)));
}
