import { countText, parseVersion } from "../../topology";
import type { ClusterStatus, StatusServer } from "./cluster-status";
import { finding, firstNames, type StatusFinding } from "./finding";
import { fedKeys } from "./members";

/** Finds what is wrong with each server by itself, and where servers differ in their software. */
export function judgeServers({ servers, nameAt }: ClusterStatus): StatusFinding[] {
  const all = [...servers.values()];
  const fed = new Set(all.flatMap((server) => fedKeys(server).map(nameAt)));
  return [
    ...all.flatMap((server) => clusteringOff(server, nameAt)),
    ...all.flatMap(queuedRequests),
    ...versionSkew(all),
    ...all.flatMap((server) => (fed.has(server.name) ? disabledNameserver(server) : [])),
    ...nameserverSkew(all),
  ];
}

function clusteringOff(server: StatusServer, nameAt: ClusterStatus["nameAt"]): StatusFinding[] {
  const fed = fedKeys(server).map((key) => nameAt(key) ?? key);
  if (server.isClusteringOn || fed.length === 0) return [];
  return [
    finding({
      server: server.name,
      kind: "clustering-off",
      message: `has clustering off: no zone is sent to its ${countText(fed.length, "member")} (${firstNames(fed)}).`,
      fix: `Enable DNS clustering on WHM's DNS Cluster page of ${server.name}, then synchronise.`,
    }),
  ];
}

function queuedRequests({ name, queue }: StatusServer): StatusFinding[] {
  if (queue === 0) return [];
  return [
    finding({
      server: name,
      kind: "queued-requests",
      message: `has ${countText(queue, "failed request")} to members waiting to be sent again.`,
      fix: `Look at its members. If they answer and the number does not fall, look at /usr/local/cpanel/logs/error_log on ${name}.`,
    }),
  ];
}

function versionSkew(servers: readonly StatusServer[]): StatusFinding[] {
  const known = servers.flatMap(({ name, version }) => {
    const parsed = parseVersion(version);
    return parsed === undefined ? [] : [{ name, ...parsed, minor: parsed.minor ?? 0 }];
  });
  const newest = known.reduce((best, each) => (isNewer(each, best) ? each : best), { major: 0, minor: 0 });
  const newestText = `${newest.major}.${newest.minor}`;
  return known
    .filter((each) => isNewer(newest, each))
    .map(({ name, major, minor }) =>
      finding({
        server: name,
        kind: "version-skew",
        message: `runs cPanel ${major}.${minor}, the newest here is ${newestText}: functions that one of them lacks fail between them.`,
        fix: `Update ${name}: /usr/local/cpanel/scripts/upcp.`,
      }),
    );
}

interface Release {
  readonly major: number;
  readonly minor: number;
}

function isNewer(one: Release, other: Release): boolean {
  return one.major > other.major || (one.major === other.major && one.minor > other.minor);
}

function disabledNameserver({ name, nameserver }: StatusServer): StatusFinding[] {
  if (nameserver !== "disabled") return [];
  return [
    finding({
      server: name,
      kind: "nameserver-disabled",
      message: "gets zones from its cluster, and its nameserver is disabled: it answers no query for them.",
      fix: `Choose BIND or PowerDNS in WHM's Nameserver Selection on ${name}, or remove the links to it.`,
    }),
  ];
}

/** Servers without a nameserver don't count: web servers often have none. */
function nameserverSkew(servers: readonly StatusServer[]): StatusFinding[] {
  const [powerdns, bind] = (["powerdns", "bind"] as const).map((software) =>
    servers.filter(({ nameserver }) => nameserver === software),
  ) as [StatusServer[], StatusServer[]];
  // The smaller group is named; of two equal ones BIND, which signs no zone.
  const [few, many] = powerdns.length < bind.length ? [powerdns, bind] : [bind, powerdns];
  if (many.length === 0) return [];
  return few.map(({ name, nameserver }) =>
    finding({
      server: name,
      kind: "nameserver-skew",
      message: `runs ${titles[nameserver]}, ${countText(many.length, "other server")} ${titles[many[0]!.nameserver]}: DNSSEC in a cluster needs PowerDNS everywhere.`,
      fix: `Choose the same in WHM's Nameserver Selection on ${name}.`,
    }),
  );
}

const titles = { bind: "BIND", powerdns: "PowerDNS", disabled: "none" } as const;
