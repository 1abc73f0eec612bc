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

/** Returns the serial in the SOA record; 0 if there is none. */
export function serialOf(zoneText: string): number {
  const match = /\bSOA\b[^(]*\(\s*(\d+)/.exec(zoneText) ?? /\bSOA\s+\S+\s+\S+\s+(\d+)/.exec(zoneText);
  return Number(match?.[1] ?? 0);
}
