import { inReadingOrder } from "../../topology";
import type { ClusterStatus, StatusServer } from "./cluster-status";
import { findFlows, type Flows } from "./flows";

/** A chosen zone, or one with which something is wrong. */
export interface ZoneRow {
  readonly zone: string;
  /** Whether its serials were read. */
  readonly isChosen: boolean;
  /** Names of the web servers that hold it. */
  readonly webServers: readonly string[];
  /** Names of the nameservers that should hold it and do not. */
  readonly missingOn: readonly string[];
  /** Names of the web servers that hold it each for itself and feed one nameserver. */
  readonly rivals: readonly string[];
}

/** Compares the zones of all servers. Lists the chosen zones and those with which something is wrong, sorted. */
export function zoneRows(status: ClusterStatus): ZoneRow[] {
  const servers = [...status.servers.values()];
  const webServers = servers.filter(({ isNameserver }) => !isNameserver);
  const held = new Map(servers.map(({ name, zones }) => [name, new Set(zones)]));
  const place = {
    held,
    flows: findFlows(status),
    nameservers: servers.filter((each) => each.isNameserver).map(({ name }) => name),
    isComplete: status.unreadable.size === 0,
  };
  const chosen = new Set(status.chosenZones);
  const hosts = hostsByZone(webServers);
  return inReadingOrder([...new Set([...hosts.keys(), ...chosen])]).flatMap((zone) => {
    const row = rowOf(zone, hosts.get(zone) ?? [], place);
    const isWrong = row.missingOn.length > 0 || row.rivals.length > 0;
    return isWrong || chosen.has(zone) ? [{ ...row, isChosen: chosen.has(zone) }] : [];
  });
}

function hostsByZone(webServers: readonly StatusServer[]): Map<string, string[]> {
  const hosts = new Map<string, string[]>();
  for (const { name, zones } of webServers) {
    for (const zone of zones) {
      const known = hosts.get(zone);
      if (known) known.push(name);
      else hosts.set(zone, [name]);
    }
  }
  return hosts;
}

interface Place {
  readonly held: ReadonlyMap<string, ReadonlySet<string>>;
  readonly flows: Flows;
  readonly nameservers: readonly string[];
  /** Whether all servers were read. One that was not may hold the zone that no other holds. */
  readonly isComplete: boolean;
}

function rowOf(zone: string, webServers: readonly string[], place: Place): Omit<ZoneRow, "isChosen"> {
  const { held, flows } = place;
  const fed = new Set(webServers.flatMap((host) => flows.nameserversFrom(host)));
  const expected = webServers.length > 0 ? [...fed] : withoutWebServer(zone, place);
  return {
    zone,
    webServers,
    missingOn: expected.filter((name) => !held.get(name)?.has(zone)),
    rivals: webServers.length < 2 ? [] : rivalsAmong(webServers, flows),
  };
}

/**
 * Lists the nameservers that should hold a zone of no web server that was read: those that get their zones together
 * with one that holds it or, if none holds it, all.
 */
function withoutWebServer(zone: string, { held, flows, nameservers, isComplete }: Place): readonly string[] {
  const holders = new Set(nameservers.filter((name) => held.get(name)?.has(zone)));
  if (holders.size === 0) return isComplete ? nameservers : [];
  const groups = [...held.keys()].map((name) => [
    ...nameservers.filter((each) => each === name),
    ...flows.nameserversFrom(name),
  ]);
  return [...new Set(groups.filter((group) => group.some((name) => holders.has(name))).flat())];
}

/**
 * Lists the web servers that feed a nameserver which another of them feeds too. One that is itself fed by another holds
 * a copy.
 */
function rivalsAmong(webServers: readonly string[], flows: Flows): string[] {
  const originals = webServers.filter(
    (name) => !webServers.some((other) => other !== name && flows.reachedFrom(other).has(name)),
  );
  const feeders = new Map<string, string[]>();
  for (const host of originals)
    for (const name of flows.nameserversFrom(host)) feeders.set(name, [...(feeders.get(name) ?? []), host]);
  const rivals = new Set([...feeders.values()].filter((hosts) => hosts.length > 1).flat());
  return originals.filter((name) => rivals.has(name));
}
