import type { Simulator } from "../../provider/simulator";

/** Path of a zone's file on every server. */
export function zoneFile(zone: string): string {
  return `/var/named/${zone}.db`;
}

/** Puts a zone on a server as WHM writes it, through the back door. Leaves nothing in the journal. */
export function putZone(simulator: Simulator, server: string, zone: string, serial = 2026112901): void {
  const lines = [
    "; cPanel first:11.136.0.5 (update_time):1764460800 Cpanel::ZoneFile::VERSION:1.3",
    `; Zone file for ${zone}`,
    "$TTL 14400",
    `${zone}.\t86400\tIN\tSOA\tns1.example.com.\troot.example.com.\t(`,
    `\t\t\t\t\t\t${serial}\t;Serial Number`,
    "\t\t\t\t\t\t3600\t;refresh",
    "\t\t\t\t\t\t1800\t;retry",
    "\t\t\t\t\t\t1209600\t;expire",
    "\t\t\t\t\t\t86400\t)",
    `${zone}.\t86400\tIN\tNS\tns1.example.com.`,
    `${zone}.\t14400\tIN\tTXT\t"what nobody may see"`,
  ];
  simulator.files(server).write(zoneFile(zone), `${lines.join("\n")}\n`, 0o600);
}
