import type { ClusterStatus } from "./cluster-status";
import { finding, type StatusFinding } from "./finding";
import { datedCopies, leadingCopy, serialRows, type Dated, type SerialRow } from "./serials";
import type { ZoneRow } from "./zones";

/** Finds servers that lack a chosen zone, and copies that differ from the one that counts. */
export function judgeChosenZone(
  status: ClusterStatus,
  { zone, missingOn, webServers }: ZoneRow,
): StatusFinding[] {
  const copies = serialRows(status, zone);
  const dated = datedCopies(copies);
  const leading = leadingCopy(dated);
  return [
    ...missingOn.map((server) => missing(zone, server, webServers[0])),
    ...copies
      .filter(({ isRead, serial }) => isRead && serial === undefined)
      .map((copy) => withoutSoa(zone, copy)),
    ...(leading === undefined ? [] : dated.flatMap((copy) => differing(zone, copy, leading))),
  ];
}

function missing(zone: string, server: string, host: string | undefined): StatusFinding {
  const message = `lacks the zone ${zone}: it answers no query for it.`;
  const fix =
    host === undefined
      ? `No web server that was read holds it: check how it is written, or find the server that hosts it.`
      : `On ${host}, which holds it, run /usr/local/cpanel/scripts/dnscluster synczone ${zone}.`;
  return finding({ server, peer: host, kind: "zone-missing", message, fix });
}

function withoutSoa(zone: string, { server }: SerialRow): StatusFinding {
  return finding({
    server,
    kind: "zone-without-soa",
    message: `holds a file for the zone ${zone} without an SOA record: its nameserver does not load it.`,
    fix: `Repair /var/named/${zone}.db on ${server}, or remove the zone and synchronise it again.`,
  });
}

function differing(zone: string, { server, serial }: Dated, leading: Dated): StatusFinding[] {
  if (serial === leading.serial) return [];
  const numbers = `has the zone ${zone} with serial ${serial}, ${leading.server} with ${leading.serial}`;
  const place = { server, peer: leading.server };
  if (serial < leading.serial) {
    const fix = `On ${leading.server} run /usr/local/cpanel/scripts/dnscluster synczone ${zone}, and look at its members and its queue.`;
    return [
      finding({
        ...place,
        kind: "serial-behind",
        message: `${numbers}: it answers with older records.`,
        fix,
      }),
    ];
  }
  const message = `${numbers}: it was changed there, and the larger serial wins when zones are synchronised.`;
  const fix = `Compare the two zones, and give the one that is right the larger serial, in WHM's DNS Zone Manager.`;
  return [finding({ ...place, kind: "serial-ahead", message, fix })];
}
