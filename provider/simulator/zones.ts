import type { ServerFiles } from "./server-files";

/** Directory of a server's zones, one `NAME.db` each. */
const zoneDirectory = "/var/named";

/** Lists the zones of a server, sorted. */
export function zoneNames(files: ServerFiles): string[] {
  const prefix = `${zoneDirectory}/`;
  return files
    .filesBelow(zoneDirectory)
    .filter((path) => path.endsWith(".db"))
    .map((path) => path.slice(prefix.length, -".db".length));
}

/** Returns the text of a zone. */
export function readZone(files: ServerFiles, zone: string): string | undefined {
  return files.readText(`${zoneDirectory}/${zone}.db`);
}

/** Stores a zone. */
export function writeZone(files: ServerFiles, zone: string, text: string): void {
  files.writeText(`${zoneDirectory}/${zone}.db`, text, 0o600);
}

/** Removes a zone. */
export function removeZone(files: ServerFiles, zone: string): void {
  const path = `${zoneDirectory}/${zone}.db`;
  if (files.find(path)) files.removeTree(path);
}

/** Returns the text of a new zone, as WHM's template `simple` makes it. */
export function newZoneText(zone: string, ip: string, now: number): string {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll("-", "");
  return [
    "$TTL 14400",
    `${zone}.\t86400\tIN\tSOA\tns1.${zone}.\troot.${zone}.\t(`,
    `\t\t\t\t\t${day}00\t;Serial Number`,
    ...["3600\t;refresh", "1800\t;retry", "1209600\t;expire", "86400\t)"].map((line) => `\t\t\t\t\t${line}`),
    `${zone}.\t86400\tIN\tNS\tns1.${zone}.`,
    `ns1\t14400\tIN\tA\t${ip}`,
    `${zone}.\t14400\tIN\tA\t${ip}`,
    "",
  ].join("\n");
}

/** Returns the serial in the SOA record; 0 if there is none. */
export function serialOf(zoneText: string): number {
  const match = /\bSOA\b[^(]*\(\s*(\d+)/.exec(zoneText) ?? /\bSOA\s+\S+\s+\S+\s+(\d+)/.exec(zoneText);
  return Number(match?.[1] ?? 0);
}
