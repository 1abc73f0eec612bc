import { parseTopology, type TopologyInput } from "../../../provider";
import { compareTopologies, completeTopology, drainSentences, storedRole } from "../../../provider/topology";

const reason = "disk is replaced";

const cluster = (ns1: object = {}, link: object = {}): TopologyInput => ({
  servers: {
    web1: { type: "cpanel", address: "192.0.2.10" },
    web2: { type: "cpanel", address: "192.0.2.11" },
    ns1: { type: "dnsonly", address: "192.0.2.53", ...ns1 },
    ns2: { type: "dnsonly", address: "192.0.2.54" },
  },
  links: [
    { from: "web1", to: "ns1", role: "sync", ...link },
    { from: "web1", to: "ns2", role: "sync" },
    { from: "web2", to: "ns1", role: "write-only" },
    { from: "web2", to: "ns2", role: "write-only" },
  ],
});

const storedIn = (topology: TopologyInput): string[] => {
  const complete = completeTopology(topology);
  return complete.links.map((link) => `${link.from}-${link.to} ${storedRole(link, complete.servers)}`);
};

const at = (time: string): number => Date.parse(time);
const noon = at("2027-01-31T12:00:00Z");

test("[U] every link from and to a drained server is stored as standalone", () => {
  expect(storedIn(cluster({ drain: { reason } }))).toEqual([
    "web1-ns1 standalone",
    "web1-ns2 sync",
    "web2-ns1 standalone",
    "web2-ns2 write-only",
  ]);
});

test("[U] only the drained link is stored as standalone", () => {
  expect(storedIn(cluster({}, { drain: { reason } }))).toEqual([
    "web1-ns1 standalone",
    "web1-ns2 sync",
    "web2-ns1 write-only",
    "web2-ns2 write-only",
  ]);
});

test("[U] a drain keeps what follows from the links: trusts, trusted addresses and tokens", () => {
  const { servers: _servers, links: _links, ...rest } = completeTopology(cluster({ drain: { reason } }));
  const { servers, links, ...expected } = completeTopology(cluster());
  expect(Object.keys(servers)).toHaveLength(4);
  expect(links).toHaveLength(4);
  expect(rest).toEqual(expected);
});

test("[U] each drained server and link has a sentence with its reason and what becomes of its links", () => {
  const topology = cluster({ drain: { reason, until: "2027-02-10" } }, { drain: { reason: "slow line" } });
  expect(drainSentences(topology, noon)).toEqual([
    "ns1 is drained until 2027-02-10 (disk is replaced): its 2 links stand as standalone.",
    "web1 -> ns1 is drained (slow line): it stands as standalone instead of sync.",
  ]);
  expect(drainSentences(cluster(), noon)).toEqual([]);
});

test.each([
  ["2027-01-31", "2027-01-31T23:59:59Z", false],
  ["2027-01-31", "2027-02-01T00:00:00Z", true],
  ["2027-01-31T06:00:00+02:00", "2027-01-31T03:59:59Z", false],
  ["2027-01-31T06:00:00+02:00", "2027-01-31T04:00:00Z", true],
])("[U] a drain until %s is over at %s: %s", (until, time, isOver) => {
  const [sentence] = drainSentences(cluster({ drain: { reason, until } }), at(time));
  expect(sentence!.includes("The time is over: remove the drain")).toBe(isOver);
});

test("[U] a comparison names the drain of a server, and none where it stays", () => {
  const drained = cluster({ drain: { reason, until: "2027-01-31" } });
  expect(compareTopologies(cluster(), drained).servers.changed).toEqual([
    {
      name: "ns1",
      attributes: [{ attribute: "drain", before: undefined, after: "disk is replaced, until 2027-01-31" }],
    },
  ]);
  expect(compareTopologies(drained, structuredClone(drained)).servers.changed).toEqual([]);
});

test.each([
  [{ until: "2027-01-31" }, "servers.ns1.drain.reason"],
  [{ reason: "" }, "servers.ns1.drain.reason: must not be empty"],
  [{ reason, until: "tomorrow" }, "servers.ns1.drain.until: must be a day such as 2027-01-31"],
  [{ reason, untill: "2027-01-31" }, "untill"],
])("[U] %j is refused as a drain", (drain, said) => {
  expect(() => parseTopology(cluster({ drain }))).toThrow(said);
});
