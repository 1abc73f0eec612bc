import { authenticate } from "./authenticate";
import { sourceFor } from "./inside-network";
import { listMembers, type Member } from "./members";
import type { Network } from "./network";
import { covers } from "./privileges";
import type { SimulatedServer } from "./simulated-server";
import { readZone, serialOf, writeZone, zoneNames } from "./zones";

/** What to synchronise. */
export interface SynchroniseOptions {
  readonly onlyZone: string | undefined;
  /** Whether to send zones to the members as well as fetch them. */
  readonly sends: boolean;
  /** Whether to include zones that `/etc/userdomains` does not list. */
  readonly full: boolean;
}

interface Peer {
  readonly member: Member;
  readonly server: SimulatedServer;
}

/**
 * Synchronises zones like the cluster: the largest serial wins, `sync` members are read and written, `write-only`
 * members only written, `standalone` members left alone. Returns the lines of output.
 */
export function synchronise(
  { server, network }: { server: SimulatedServer; network: Network },
  options: SynchroniseOptions,
): string[] {
  const find: Find = (from, address) => network.find(from, address)?.server;
  const members = listMembers(server.files).filter(({ role }) => role !== "standalone");
  const peers = members.map((member) => ({ member, server: reachMember(server, member, find) }));
  const reached = peers.filter((peer): peer is Peer => peer.server !== undefined);
  const lines = peers
    .filter((peer) => !peer.server)
    .map(({ member }) => `${member.key}: could not be reached, or refused the token`);
  const zones = zonesToSync(server, reached, options);
  if (options.onlyZone !== undefined && zones.length === 0) lines.push(`${options.onlyZone}: no such zone`);
  for (const zone of zones) lines.push(...synchroniseZone(zone, server, reached, options.sends));
  return lines;
}

function synchroniseZone(
  zone: string,
  server: SimulatedServer,
  peers: readonly Peer[],
  sends: boolean,
): string[] {
  const readable = peers.filter(({ member }) => member.role === "sync");
  const newest = [server, ...readable.map((peer) => peer.server)]
    .map(({ files }) => readZone(files, zone))
    .reduce((best, text) => (isNewer(text, best) ? text : best));
  if (newest === undefined) return [];
  const targets = sends ? peers : [];
  const lines = targets.map((peer) => `${zone} -> ${peer.member.key}`);
  if (isNewer(newest, readZone(server.files, zone))) writeZone(server.files, zone, newest);
  for (const { member, server: target } of targets) {
    const isBlind = member.role === "write-only";
    if (isBlind || isNewer(newest, readZone(target.files, zone))) writeZone(target.files, zone, newest);
  }
  return lines;
}

function zonesToSync(server: SimulatedServer, peers: readonly Peer[], options: SynchroniseOptions): string[] {
  const readable = peers.filter(({ member }) => member.role === "sync");
  const all = new Set(
    [server, ...readable.map((peer) => peer.server)].flatMap(({ files }) => zoneNames(files)),
  );
  const listed = server.files.readText("/etc/userdomains");
  const isListed = (zone: string): boolean =>
    options.full || listed === undefined || listed.split("\n").some((line) => line.startsWith(`${zone}:`));
  const isWanted = (zone: string): boolean =>
    options.onlyZone === undefined ? isListed(zone) : zone === options.onlyZone;
  return [...all].filter(isWanted).sort();
}

type Find = (from: SimulatedServer, address: string) => SimulatedServer | undefined;

/** Returns the server behind a member; undefined if it can't be reached, or refuses the token. */
export function reachMember(
  server: SimulatedServer,
  { entry, key }: Member,
  find: Find,
): SimulatedServer | undefined {
  const peer = entry?.module === "cPanel" ? find(server, key) : undefined;
  if (entry === undefined || peer === undefined) return undefined;
  const caller = authenticate(peer, `whm ${entry.user}:${entry.pass}`, () =>
    sourceFor(server.identity, peer.identity),
  );
  return caller !== undefined && covers(caller.acls, "clustering") ? peer : undefined;
}

function isNewer(text: string | undefined, than: string | undefined): boolean {
  if (text === undefined) return false;
  return than === undefined || serialOf(text) > serialOf(than);
}
