import type { TopologyInput } from "../../../provider/schema/topology";
import { buildGraph, readTopology, TopologyError, validateTopology } from "../../../provider/topology";
import { cpanelNameserver, direct, dns, link, links, reversed, web } from "../builders";

function problemsOf(topology: unknown): readonly string[] {
  try {
    validateTopology(topology as TopologyInput);
  } catch (error) {
    if (error instanceof TopologyError) return error.problems;
    throw error;
  }
  return [];
}

describe("reading a topology", () => {
  test("[U] fills in omitted fields of servers", () => {
    const { servers } = readTopology({ servers: { ns1: dns(53), web1: web(10), ns2: cpanelNameserver(54) } });
    expect(
      [...servers.values()].map(({ name, nameserver, intermediary }) => [name, nameserver, intermediary]),
    ).toEqual([
      ["ns1", true, false],
      ["ns2", true, false],
      ["web1", false, false],
    ]);
  });

  test("[U] shortens both spellings of synchronize", () => {
    const { links: read } = readTopology({
      servers: {},
      links: [link("a -> b", "synchronize"), link("b -> a", "Synchronize"), link("c -> a", "write-only")],
    });
    expect(read.map(({ role }) => role)).toEqual(["sync", "sync", "write-only"]);
  });

  test("[U] gives the same result for any order of keys and lists", () => {
    expect(readTopology(reversed(direct))).toEqual(readTopology(direct));
  });

  test("[U] accepts a topology without links, or with undefined fields", () => {
    const server = { type: "cpanel", address: undefined } as unknown as TopologyInput["servers"][string];
    expect(readTopology({ servers: { web1: server } }).servers.get("web1")).toStrictEqual({
      type: "cpanel",
      name: "web1",
      nameserver: false,
      intermediary: false,
    });
  });

  test("[U] sorts trusts, lists and tokens, and their content", () => {
    const read = readTopology({
      servers: {},
      trusts: [
        { server: "b", peer: "c" },
        { server: "b", peer: "a" },
        { server: "a", peer: "z" },
        { server: "b", peer: "c" },
      ],
      trustedAddresses: { b: ["2", "1"], a: [] },
      apiTokens: [
        { server: "b", whitelistIps: ["2", "1"] },
        { server: "b", acls: ["x", "clustering"] },
        { server: "b", users: ["z", "y"] },
        { server: "a", users: ["z"], acls: ["b"], whitelistIps: ["9"] },
        { server: "a", users: ["z"], acls: ["b"], whitelistIps: ["8"] },
        { server: "a", users: ["z"], acls: ["a"], whitelistIps: ["9"] },
        { server: "a", users: ["c"], acls: ["z"] },
        { server: "b" },
      ],
    });
    expect(read.trusts).toEqual([
      { server: "a", peer: "z" },
      { server: "b", peer: "a" },
      { server: "b", peer: "c" },
    ]);
    expect([...(read.trustedAddresses ?? [])]).toEqual([
      ["a", []],
      ["b", ["2", "1"]],
    ]);
    expect(read.tokens).toEqual([
      { server: "a", users: ["c"], acls: ["z"] },
      { server: "a", users: ["z"], acls: ["a"], whitelistIps: ["9"] },
      { server: "a", users: ["z"], acls: ["b"], whitelistIps: ["8"] },
      { server: "a", users: ["z"], acls: ["b"], whitelistIps: ["9"] },
      { server: "b" },
      { server: "b", whitelistIps: ["1", "2"] },
      { server: "b", acls: ["clustering", "x"] },
      { server: "b", users: ["y", "z"] },
    ]);
  });

  test("[U] derives nothing: an omitted field stays omitted", () => {
    const absent = { servers: new Map(), links: [], rules: {} };
    expect(readTopology({ servers: {} })).toEqual(absent);
    expect(Object.keys(readTopology({ servers: {} })).sort()).toEqual(["links", "rules", "servers"]);
  });

  test("[U] accepts flags that repeat a default", () => {
    const flags = {
      web1: web(1, { nameserver: false, intermediary: false }),
      ns1: dns(2, { nameserver: true }),
    };
    expect(
      [...readTopology({ servers: flags }).servers.values()].map(({ nameserver }) => nameserver),
    ).toEqual([true, false]);
  });

  test("[U] refuses a malformed topology without judging it", () => {
    expect(() => readTopology({ servers: { a: dns(2, { nameserver: false }) } })).toThrow(TopologyError);
  });

  test("[U] refuses all malformed values at once, by path", () => {
    const topology = {
      servers: {
        a: { type: "web" },
        b: dns(2, { nameserver: false }),
        c: web(3, { intermediary: true }),
        d: null,
      },
      links: [link("a -> b", "toString" as "sync"), link("a -> b"), { from: "a", to: "b", role: "Sync" }],
      rules: { "two-servers": { severity: "off", reason: "" } },
    };
    expect(problemsOf(topology)).toEqual([
      "servers.a.type: must be cpanel or dnsonly",
      "servers.b.nameserver: a dnsonly server is always a nameserver; leave the field out or set it to true",
      "servers.c.intermediary: only a nameserver can be an intermediary; set nameserver: true if it hosts no accounts",
      "servers.d.type: must be cpanel or dnsonly",
      "links[0].role: must be sync, write-only or standalone",
      "links[2].role: must be sync, write-only or standalone",
      "rules.two-servers: this rule is fixed and accepts no override; change the topology instead",
      "rules.two-servers.reason: say why the rule is overridden; the reason is printed with its findings",
    ]);
  });

  test("[U] reports an error with all problems in its message and with a code", () => {
    const error = new TopologyError(["servers.a.type: must be cpanel or dnsonly"]);
    expect(error).toMatchObject({ name: "TopologyError", code: "malformed-topology" });
    expect(error.message).toBe("The topology is malformed:\n  servers.a.type: must be cpanel or dnsonly");
  });
});

describe("the graph", () => {
  const topology: TopologyInput = {
    servers: { web1: web(10), ns1: dns(53), ns2: dns(54) },
    links: [
      ...links("web1 -> ns1", "ns1 -> ns2", "web1 -> nowhere", "ns2 -> ns2"),
      link("ns2 -> web1", "standalone"),
    ],
  };

  test("[U] feeds only along sync and write-only links between two declared servers", () => {
    const graph = buildGraph(readTopology(topology));
    expect(graph.feedingLinks.map(({ from, to }) => `${from.name} -> ${to.name}`)).toEqual([
      "ns1 -> ns2",
      "web1 -> ns1",
    ]);
    expect(graph.links).toHaveLength(5);
  });

  test("[U] finds shortest paths and intermediaries", () => {
    const graph = buildGraph(readTopology(topology));
    expect(graph.walkFrom("web1").reached).toEqual(["ns1", "ns2"]);
    expect(graph.walkFrom("web1").path("ns2")).toEqual(["web1", "ns1", "ns2"]);
    expect(graph.intermediaries).toEqual(["ns1"]);
  });

  test("[U] recognises entries by name, for links and trusts", () => {
    const graph = buildGraph(readTopology({ ...topology, trusts: [{ server: "web1", peer: "ns1" }] }));
    expect(graph.entry("web1", "ns1")).toBe("sync");
    expect(graph.entry("ns1", "web1")).toBe("standalone");
    expect(graph.entry("ns1", "nowhere")).toBeUndefined();
  });

  test("[U] accepts names that are properties of every object", () => {
    const servers = { constructor: web(1), toString: dns(2) };
    expect(validateTopology({ servers, links: links("constructor -> toString") })).toEqual([]);
  });
});
