import { isServerError, type ServerError } from "../errors";
import type { Server } from "../server";
import { zoneDirectory } from "./paths";
import { soaSerial } from "./soa-serial";

/** A nameserver may hold the zones of many web servers. */
const mostZones = 1_000_000;

/**
 * Lists the zones that a server itself holds, sorted. WHM's own list can't be used: on a clustered server it contains
 * the zones of the whole cluster.
 */
export async function listZones(server: Server): Promise<string[]> {
  const files = await server.files();
  const names = (await files.list(zoneDirectory, mostZones)) ?? [];
  return names
    .filter((name) => name.endsWith(".db") && !name.startsWith("."))
    .map((name) => name.slice(0, -".db".length));
}

/** A zone on one server: its serial, undefined if the file has no SOA record; or why the file can't be read. */
export type ZoneCopy = { readonly serial: number | undefined } | { readonly error: ServerError };

/** Reads the file of a zone; undefined if the server does not hold the zone. */
export async function readZone(server: Server, zone: string): Promise<string | undefined> {
  const files = await server.files();
  return files.read(`${zoneDirectory}/${zone}.db`);
}

/** Reads the serial of a zone; undefined if the server does not hold the zone. */
export async function readSerial(server: Server, zone: string): Promise<ZoneCopy | undefined> {
  try {
    const text = await readZone(server, zone);
    return text === undefined ? undefined : { serial: soaSerial(text) };
  } catch (error) {
    if (!isServerError(error, "file-error", "unexpected-reply")) throw error;
    return { error };
  }
}
