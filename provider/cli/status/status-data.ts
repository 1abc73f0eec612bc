import {
  serialRows,
  type JudgedStatus,
  type MemberRow,
  type TokenRow,
  type TriedWay,
  type ZoneRow,
} from "../../survey";
import { timeText } from "../../topology";
import type { Health, ServerRow } from "./server-rows";

/** Makes the data of `--json`. What is not known or does not apply is null. */
export function statusData(judged: JudgedStatus, rows: readonly ServerRow[]): object {
  const { members, tokens, zones, findings, notes, unreadable } = judged;
  return {
    well: findings.length === 0 && unreadable.length === 0,
    servers: rows.map(serverData),
    members: members.map(memberData),
    tokens: tokens.map(tokenData),
    zones: zones.map((zone) => zoneData(judged, zone)),
    ...(judged.status.reach && { reach: judged.status.reach.map(wayData) }),
    findings: findings.map(({ server, peer, kind, severity, message, fix }) => ({
      server,
      ...(peer === undefined ? {} : { peer }),
      kind,
      severity,
      message,
      fix,
    })),
    notes,
    unreadable,
  };
}

function serverData({ name, health }: ServerRow): object {
  return { name, up: health !== undefined, ...(health ? healthData(health) : nothingKnown) };
}

function healthData({ server, membersInUse, membersDisabled, nextToExpire }: Health): object {
  return {
    product: server.product,
    version: server.version,
    isNameserver: server.isNameserver,
    nameserver: server.nameserver,
    clustering: server.isClusteringOn,
    membersInUse,
    membersDisabled,
    queue: server.queue,
    daysToNextExpiry: nextToExpire?.daysLeft ?? null,
    zones: server.zones.length,
  };
}

const nothingKnown = {
  product: null,
  version: null,
  isNameserver: null,
  nameserver: null,
  clustering: null,
  membersInUse: null,
  membersDisabled: null,
  queue: null,
  daysToNextExpiry: null,
  zones: null,
};

function memberData({ server, peer, address, role, state, calls, failed }: MemberRow): object {
  return {
    server,
    peer: peer ?? null,
    address,
    role: role ?? null,
    state,
    calls: calls ?? null,
    failed: failed ?? null,
  };
}

function wayData({ server, peer, address, role, need, state, said }: TriedWay): object {
  return { server, peer: peer ?? null, address, role: role ?? null, need, state, said: said ?? null };
}

function tokenData({ server, name, expiresAt, daysLeft, usedBy }: TokenRow): object {
  return {
    server,
    name: name ?? null,
    known: name !== undefined,
    expires: expiresAt === undefined ? null : timeText(expiresAt),
    daysLeft: daysLeft ?? null,
    usedBy,
  };
}

function zoneData(
  { status }: JudgedStatus,
  { zone, isChosen, webServers, missingOn, rivals }: ZoneRow,
): object {
  const copies = isChosen ? serialRows(status, zone) : [];
  return {
    zone,
    chosen: isChosen,
    webServers,
    missingOn,
    duplicatedOn: rivals,
    serials: copies.map(({ server, serial, answered }) => ({
      server,
      serial: serial ?? null,
      answered: answered ?? null,
    })),
  };
}
