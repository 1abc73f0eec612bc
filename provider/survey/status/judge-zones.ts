import { countText, listText } from "../../topology";
import type { ClusterStatus } from "./cluster-status";
import { finding, firstNames, type StatusFinding } from "./finding";
import { findFlows } from "./flows";
import { judgeChosenZone } from "./judge-chosen-zone";
import type { ZoneRow } from "./zones";

/** Finds zones that nameservers lack, that web servers compete for, that no web server has, and chosen zones of which copies differ. */
export function judgeZones(status: ClusterStatus, rows: readonly ZoneRow[]): StatusFinding[] {
  return [
    ...rows.filter(({ isChosen }) => isChosen).flatMap((row) => judgeChosenZone(status, row)),
    ...missingZones(
      status,
      rows.filter(({ isChosen }) => !isChosen),
    ),
    ...duplicatedZones(rows),
    ...orphanedZones(status),
  ];
}

/** Makes one finding for each nameserver and web server, because whole servers miss their zones together. */
function missingZones(status: ClusterStatus, rows: readonly ZoneRow[]): StatusFinding[] {
  const flows = findFlows(status);
  const pairs = new Map<string, { server: string; peer: string; zones: string[] }>();
  for (const { zone, webServers, missingOn } of rows) {
    for (const server of missingOn) {
      for (const peer of webServers.filter((host) => flows.nameserversFrom(host).includes(server))) {
        const key = JSON.stringify([peer, server]);
        const pair = pairs.get(key) ?? { server, peer, zones: [] };
        pair.zones.push(zone);
        pairs.set(key, pair);
      }
    }
  }
  return [...pairs.values()].map(({ server, peer, zones }) =>
    finding({
      server,
      peer,
      kind: "zones-missing",
      message: `lacks ${countText(zones.length, "zone")} of ${peer}: ${firstNames(zones)}. It answers no query for them.`,
      // Not with --full, which also fetches the zones of other web servers.
      fix: `On ${peer} run /usr/local/cpanel/scripts/dnscluster syncall, or synczone NAME for one of them.`,
    }),
  );
}

function duplicatedZones(rows: readonly ZoneRow[]): StatusFinding[] {
  const groups = new Map<string, { rivals: readonly string[]; zones: string[] }>();
  for (const { zone, rivals } of rows) {
    if (rivals.length === 0) continue;
    const key = JSON.stringify(rivals);
    const group = groups.get(key) ?? { rivals, zones: [] };
    group.zones.push(zone);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ rivals: [server = "", ...others], zones }) =>
    finding({
      server,
      peer: others[0],
      kind: "zones-duplicated",
      message: `holds ${countText(zones.length, "zone")} that ${listText(others)} ${others.length > 1 ? "hold" : "holds"} too, and they feed the same nameserver: ${firstNames(zones)}. Whichever writes last wins there.`,
      fix: "Find out which server hosts the account, and remove the zone on the other.",
    }),
  );
}

/**
 * Finds zones of nameservers that no web server has. A server that was not read may feed any of them, and one that no
 * web server feeds has its zones from elsewhere.
 */
function orphanedZones(status: ClusterStatus): StatusFinding[] {
  if (status.unreadable.size > 0) return [];
  const servers = [...status.servers.values()];
  const webServers = servers.filter(({ isNameserver }) => !isNameserver);
  const flows = findFlows(status);
  const fed = new Set(webServers.flatMap(({ name }) => flows.nameserversFrom(name)));
  const hosted = new Set([...status.chosenZones, ...webServers.flatMap(({ zones }) => zones)]);
  return servers.flatMap(({ name: server, zones }) => {
    const orphans = fed.has(server) ? zones.filter((zone) => !hosted.has(zone)) : [];
    if (orphans.length === 0) return [];
    return [
      finding({
        server,
        kind: "zones-orphaned",
        message: `holds ${countText(orphans.length, "zone")} that no web server read here has: ${firstNames(orphans)}. It answers queries for them with records that nobody changes.`,
        fix: `If no web server beyond the connections hosts them, remove them in WHM's Delete a DNS Zone on ${server}.`,
      }),
    ];
  });
}
