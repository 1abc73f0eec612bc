import { serialRows, statusKinds, type JudgedStatus, type StatusKind, type TriedWay } from "../../survey";
import { gauge, linesOf, type Family, type Sample } from "./metric-family";
import type { ServerRow } from "./server-rows";

/** Formats a status in Prometheus' text exposition format. */
export function prometheusText(judged: JudgedStatus, rows: readonly ServerRow[], now: number): string {
  const families = [
    ...serverFamilies(rows),
    ...memberFamilies(judged),
    ...reachFamilies(judged),
    ...tokenFamilies(judged),
    ...zoneFamilies(judged),
    findingFamily(judged),
    gauge("last_run_timestamp_seconds", "When the cluster was read, in seconds since 1970.", [[{}, now]]),
  ];
  return families.flatMap(linesOf).join("\n");
}

function serverFamilies(rows: readonly ServerRow[]): Family[] {
  const read = rows.flatMap(({ name, health }) => (health ? [{ name, ...health }] : []));
  const each = (value: (row: (typeof read)[number]) => number): Sample[] =>
    read.map((row) => [{ server: row.name }, value(row)]);
  return [
    gauge(
      "server_up",
      "Whether the server could be read.",
      rows.map(({ name, health }) => [{ server: name }, health ? 1 : 0]),
    ),
    gauge(
      "server_info",
      "Product, version of cPanel and nameserver software of the server.",
      read.map(({ name, server: { product, version, nameserver } }) => [
        { server: name, product, version, nameserver },
        1,
      ]),
    ),
    gauge(
      "clustering_enabled",
      "Whether DNS clustering is on.",
      each(({ server }) => Number(server.isClusteringOn)),
    ),
    gauge(
      "queued_requests",
      "Requests to members that failed and wait.",
      each(({ server }) => server.queue),
    ),
    gauge(
      "zones",
      "Zones that the server itself holds.",
      each(({ server }) => server.zones.length),
    ),
  ];
}

function memberFamilies({ members }: JudgedStatus): Family[] {
  const labelled = members.map((member) => {
    const { server, peer = "", address, role = "" } = member;
    return { member, labels: { server, member: address, peer, role } };
  });
  return [
    gauge(
      "member_disabled",
      "Whether WHM has disabled the member after too many failures.",
      labelled.map(({ member, labels }) => [labels, Number(member.state === "disabled")]),
    ),
    gauge(
      "member_failed_calls",
      "Failures among the calls to the member that WHM remembers.",
      labelled.flatMap(({ member: { failed }, labels }) => (failed === undefined ? [] : [[labels, failed]])),
    ),
  ];
}

/** Has no sample of a way that could not be tried: nothing is known of it. */
function reachFamilies({ status: { reach = [] } }: JudgedStatus): Family[] {
  const ways = reach.filter(({ role, state }) => role !== undefined && state !== "not-asked");
  const samples = (of: readonly TriedWay[], isWell: (way: TriedWay) => boolean): Sample[] =>
    of.map((way) => {
      const { server, address, peer = "", role = "" } = way;
      return [{ server, member: address, peer, role }, Number(isWell(way))];
    });
  return [
    gauge(
      "member_reachable",
      "Whether the server reaches WHM's port at the address of its member.",
      samples(ways, ({ state }) => state !== "unreachable"),
    ),
    gauge(
      "member_token_accepted",
      "Whether the member accepts the token that the server stores for it.",
      samples(
        ways.filter(({ state }) => state === "accepted" || state === "refused"),
        ({ state }) => state === "accepted",
      ),
    ),
  ];
}

function tokenFamilies({ tokens }: JudgedStatus): Family[] {
  const expiring = tokens.flatMap(({ server, name, expiresAt }): Sample[] =>
    name === undefined || expiresAt === undefined ? [] : [[{ server, token: name }, expiresAt]],
  );
  const stored = new Map<string, Sample>();
  for (const { server, name, usedBy } of tokens)
    for (const holder of usedBy) {
      const known = Number(name !== undefined);
      const worst = Math.min(known, stored.get(JSON.stringify([holder, server]))?.[1] ?? 1);
      stored.set(JSON.stringify([holder, server]), [{ server: holder, peer: server }, worst]);
    }
  return [
    gauge("token_expiry_timestamp_seconds", "When the API token expires, in seconds since 1970.", expiring),
    gauge("stored_token_known", "Whether the peer knows the token that the server stores for it.", [
      ...stored.values(),
    ]),
  ];
}

function zoneFamilies({ status, zones }: JudgedStatus): Family[] {
  const chosen = zones.filter(({ isChosen }) => isChosen);
  const nameservers = [...status.servers.values()].filter(({ isNameserver }) => isNameserver);
  return [
    gauge(
      "zones_missing",
      "Zones of web servers that the nameserver should hold and does not.",
      nameservers.map(({ name }) => [
        { server: name },
        zones.filter(({ missingOn }) => missingOn.includes(name)).length,
      ]),
    ),
    gauge(
      "zone_missing",
      "Whether the nameserver should hold the chosen zone and does not.",
      chosen.flatMap(({ zone, missingOn }) =>
        nameservers.map(({ name }): Sample => [{ server: name, zone }, Number(missingOn.includes(name))]),
      ),
    ),
    gauge(
      "zone_serial",
      "Serial of the chosen zone in the server's file.",
      chosen.flatMap(({ zone }) =>
        serialRows(status, zone).flatMap(({ server, serial }): Sample[] =>
          serial === undefined ? [] : [[{ server, zone }, serial]],
        ),
      ),
    ),
    gauge(
      "zone_answered_serial",
      "Serial of the chosen zone that the nameserver answers over DNS.",
      chosen.flatMap(({ zone }) =>
        serialRows(status, zone).flatMap(({ server, answered }): Sample[] =>
          answered === undefined ? [] : [[{ server, zone }, answered]],
        ),
      ),
    ),
  ];
}

/** Has a sample for every kind, so that a rule sees 0 and not nothing. */
function findingFamily({ findings }: JudgedStatus): Family {
  const kinds = Object.entries(statusKinds) as [StatusKind, string][];
  const samples = kinds.map(([kind, severity]): Sample => [
    { kind, severity },
    findings.filter((finding) => finding.kind === kind).length,
  ]);
  return gauge("findings", "What `whm-dns status` has found, by kind.", samples);
}
