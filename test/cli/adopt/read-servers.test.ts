import type { Server, Servers } from "../../../provider/schema/server";
import { ServerError, ServerRegistry, type Machine } from "../../../provider/servers";
import type { Survey } from "../../../provider/survey";
import { ReadServers } from "../../../provider/cli/adopt/read-servers";
import { memberAt, standing, type FakeServer } from "../../survey/audit/standing";

const machine = (name: string, address: string): Machine => ({
  hostname: `${name}.example.com`,
  address,
  machineId: `id of ${name}`,
});

/** What a server said that was read. */
function read(name: string, settings: Server, rest: Partial<FakeServer>): FakeServer {
  const { servers } = standing({ servers: { [name]: { type: "cpanel" } }, links: [] });
  return { ...servers.get(name)!, settings, ...rest };
}

/** Completes the settings of ns1, which web1 stores under these addresses. */
function completed(given: Servers, ns1: FakeServer, keys: readonly string[]): Server {
  const registry = new ServerRegistry({ ns1: ns1.settings });
  const servers = new ReadServers(registry, given);
  expect(servers.counts(ns1, new Map())).toBe(true);
  for (const key of keys) if (registry.nameAt(key) === undefined) registry.addAddress("ns1", key);
  const members = keys.map((key) => memberAt(key, "sync", "ns1.example.com"));
  const web1 = read("web1", { type: "cpanel" }, { members });
  const survey: Survey = {
    servers: new Map([["web1", web1] as const, ["ns1", ns1] as const]),
    unreadable: new Map(),
    uses: [],
  };
  return servers.completed(survey).servers.get("ns1")!.settings;
}

const inside = "10.0.0.53";
const outside = "203.0.113.53";

describe("the addresses of a server that was read", () => {
  const at = (address?: string): Server => ({ type: "dnsonly", ...(address !== undefined && { address }) });

  test.each([
    ["its main address, when only a host name was known", undefined, undefined, [], { address: inside }],
    ["both, when its NAT map has them", undefined, outside, [], { address: inside, publicAddress: outside }],
    [
      "both, when it was found at the outer one",
      outside,
      outside,
      [outside],
      { address: inside, publicAddress: outside },
    ],
    [
      "the one that members store, when it is another one",
      outside,
      undefined,
      [outside],
      { address: outside },
    ],
    [
      "both that members store",
      outside,
      undefined,
      [inside, outside],
      { address: inside, publicAddress: outside },
    ],
  ] as const)("[U] are %s", (_title, found, nat, keys, expected) => {
    const ns1 = read("ns1", at(found), { machine: machine("ns1", inside), publicAddress: nat });
    expect(completed({}, ns1, keys)).toMatchObject({ ...expected, hostname: "ns1.example.com" });
  });

  test.each([
    ["stay as the user gave them when that is enough", outside, [outside], { address: outside }],
    [
      "get the outer one that members store",
      inside,
      [inside, outside],
      { address: inside, publicAddress: outside },
    ],
    [
      "change places when members store the main one",
      outside,
      [inside],
      { address: inside, publicAddress: outside },
    ],
  ] as const)("[U] %s", (_title, given, keys, expected) => {
    const ns1 = read("ns1", at(given), { machine: machine("ns1", inside), publicAddress: outside });
    expect(completed({ ns1: at(given) }, ns1, keys)).toEqual({ type: "dnsonly", ...expected });
  });
});

test("[U] a server that two connections lead to counts once, at both addresses, and the second one is named", () => {
  const given: Servers = {
    ns1: { type: "dnsonly", address: inside },
    again: { type: "dnsonly", address: outside },
  };
  const registry = new ServerRegistry(given);
  const servers = new ReadServers(registry, given);
  const same = { machine: machine("ns1", inside) };
  expect(servers.counts(read("ns1", given["ns1"]!, same), new Map())).toBe(true);
  expect(servers.counts(read("again", given["again"]!, same), new Map())).toBe(false);
  expect([registry.nameAt(inside), registry.nameAt(outside)]).toEqual(["ns1", "ns1"]);
  expect(servers.needless()).toMatchObject([{ server: "ns1", what: "connection again" }]);
});

test("[U] machines that say nothing about themselves are never taken for one", () => {
  const servers = new ReadServers(new ServerRegistry({}), {});
  const silent = (name: string) => read(name, { type: "cpanel" }, { machine: { hostname: "localhost" } });
  expect([servers.counts(silent("a"), new Map()), servers.counts(silent("b"), new Map())]).toEqual([
    true,
    true,
  ]);
});

test("[U] a server that can't be reached inside but outside is read, and the failure is forgotten", () => {
  const hostname = "ns1.example.com";
  const registry = new ServerRegistry({
    ns1: { type: "cpanel", address: inside, hostname },
    [hostname]: { type: "cpanel", address: outside, hostname },
  });
  const said = {
    code: "unreachable",
    phrase: "open an SSH connection",
    said: "no route",
    wayOut: "",
  } as const;
  const unreadable = new Map([["ns1", new ServerError({ ...said, server: "ns1" })]]);
  const servers = new ReadServers(registry, {});
  const settings = registry.get(hostname).settings;
  const ns1 = read(hostname, settings, { machine: machine("ns1", inside) });
  expect(servers.counts(ns1, unreadable)).toBe(true);
  expect(registry.nameAt(inside)).toBe(hostname);
  const survey = servers.completed({ servers: new Map([[hostname, ns1]]), unreadable, uses: [] });
  expect([...survey.unreadable.keys()]).toEqual([]);
});
