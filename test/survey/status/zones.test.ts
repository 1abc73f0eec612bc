import type { ClusterStatus } from "../../../provider/survey";
import { judgeChosenZone } from "../../../provider/survey/status/judge-chosen-zone";
import { judgeZones } from "../../../provider/survey/status/judge-zones";
import { zoneRows } from "../../../provider/survey/status/zones";
import { statusOf, type ServerSketch } from "./sketch";

const zone = "example.com";

/** Kinds and places of what is found with the chosen zone. */
function found(servers: Record<string, ServerSketch>, unreadable: string[] = []): string[] {
  const status = statusOf(servers, { chosenZones: [zone], unreadable });
  return zoneRows(status)
    .filter(({ isChosen }) => isChosen)
    .flatMap((row) => judgeChosenZone(status, row))
    .map(({ kind, server, peer = "" }) => `${kind} ${server} ${peer}`.trim());
}

const at = (serial: number | undefined): Pick<ServerSketch, "serials" | "zones"> => ({
  serials: { [zone]: serial },
  zones: [zone],
});

test("[U] the newest copy on a web server counts, on nameservers older and newer ones differ from it", () => {
  const servers = {
    web1: { feeds: ["ns1", "ns2", "ns3"], ...at(5) },
    ns1: { isNameserver: true, ...at(5) },
    ns2: { isNameserver: true, ...at(4) },
    ns3: { isNameserver: true, ...at(6) },
  };
  expect(found(servers)).toEqual(["serial-behind ns2 web1", "serial-ahead ns3 web1"]);
});

test("[U] of two web servers the newer copy counts", () => {
  const servers = {
    web1: { feeds: ["ns1"], ...at(5) },
    web2: { feeds: ["ns1"], ...at(7) },
    ns1: { isNameserver: true, ...at(7) },
  };
  expect(found(servers)).toEqual(["serial-behind web1 web2"]);
});

test("[U] without a web server that holds it, nameservers are compared with the newest of them", () => {
  const servers = {
    web1: { feeds: ["ns1", "ns2", "ns3"] },
    ns1: { isNameserver: true, ...at(5) },
    ns2: { isNameserver: true, ...at(4) },
    ns3: { isNameserver: true },
    ns4: { isNameserver: true },
  };
  expect(found(servers)).toEqual(["zone-missing ns3", "serial-behind ns2 ns1"]);
});

test("[U] a copy without an SOA record never counts", () => {
  const servers = {
    web1: { feeds: ["ns1"], ...at(undefined) },
    ns1: { isNameserver: true, ...at(4) },
  };
  expect(found(servers)).toEqual(["zone-without-soa web1"]);
});

test("[U] a zone that nobody holds is missing on all nameservers, unless a server could not be read", () => {
  const servers = { web1: { feeds: ["ns1"] }, ns1: { isNameserver: true } };
  expect(found(servers)).toEqual(["zone-missing ns1"]);
  expect(found(servers, ["web2"])).toEqual([]);
});

test("[U] links that close a circle end, and a copy that came back is no rival", () => {
  const servers = {
    web1: { feeds: ["ns1"], zones: [zone] },
    ns1: { isNameserver: true, feeds: ["ns2", "web2"], zones: [zone] },
    ns2: { isNameserver: true, feeds: ["ns1"] },
    web2: { feeds: ["ns1"], zones: [zone] },
  };
  expect(zoneRows(statusOf(servers))).toEqual([
    { zone, isChosen: false, webServers: ["web1", "web2"], missingOn: ["ns2"], rivals: [] },
  ]);
});

test("[U] web servers of clusters apart may hold a zone each", () => {
  const servers = {
    web1: { feeds: ["ns1"], zones: [zone] },
    ns1: { isNameserver: true, zones: [zone] },
    web2: { feeds: ["ns2"], zones: [zone] },
    ns2: { isNameserver: true, zones: [zone] },
  };
  expect(zoneRows(statusOf(servers))).toEqual([]);
});

test("[U] zones that no web server has are orphaned, unless a server was not read or nothing read feeds them", () => {
  const servers = {
    web1: { feeds: ["ns1"], zones: [zone] },
    ns1: { isNameserver: true, zones: ["old.example", zone] },
    ns2: { isNameserver: true, zones: ["own.example"] },
  };
  const orphaned = (status: ClusterStatus): string[] =>
    judgeZones(status, []).map(
      ({ kind, server, message }) => `${kind} ${server} ${message.split(".", 2).join(".")}`,
    );
  expect(orphaned(statusOf(servers))).toEqual([
    "zones-orphaned ns1 holds 1 zone that no web server read here has: old.example",
  ]);
  expect(orphaned(statusOf(servers, { unreadable: ["web2"] }))).toEqual([]);
  expect(orphaned(statusOf({ ...servers, web1: { feeds: [], zones: [zone] } }))).toEqual([]);
});
