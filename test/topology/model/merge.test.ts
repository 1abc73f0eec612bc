import type { TopologyInput } from "../../../provider/schema/topology";
import { mergeTopologies, qualifyNames } from "../../../provider/topology/model/merge";
import { readTopology, type DeclaredTopology } from "../../../provider/topology/model/read-topology";
import { cpanelNameserver, dns, link, links, web } from "../builders";

function read(...topologies: TopologyInput[]): DeclaredTopology[] {
  return topologies.map(readTopology);
}

function namesIn(parts: DeclaredTopology[]): string[][] {
  return parts.map(({ servers }) => [...servers.keys()]);
}

describe("names in several topologies", () => {
  test("[U] stay if name and address agree, and are numbered otherwise", () => {
    const parts = read(
      { servers: { web1: web(10) } },
      { servers: { web1: web(10) } },
      { servers: { web1: web(11) } },
      { servers: { web1: web(12) } },
      { servers: { web1: web(11) } },
    );
    expect(namesIn(qualifyNames(parts))).toEqual([["web1"], ["web1"], ["web1<2>"], ["web1<3>"], ["web1<2>"]]);
  });

  test("[U] match a server without an address to the first of its name and learn its address later", () => {
    const unknown: TopologyInput = { servers: { web1: { type: "cpanel" } } };
    const known = (last: number): TopologyInput => ({ servers: { web1: web(last) } });
    expect(namesIn(qualifyNames(read(known(10), known(11), unknown)))).toEqual([
      ["web1"],
      ["web1<2>"],
      ["web1"],
    ]);
    expect(namesIn(qualifyNames(read(unknown, known(11), known(10))))).toEqual([
      ["web1"],
      ["web1"],
      ["web1<2>"],
    ]);
    expect(namesIn(qualifyNames(read(unknown, unknown)))).toEqual([["web1"], ["web1"]]);
  });

  test("[U] are changed everywhere in a topology, except unknown names", () => {
    const [, other] = qualifyNames(
      read(
        { servers: { web1: web(10), ns1: dns(53) } },
        {
          servers: { web1: web(20), ns1: dns(63) },
          links: links("web1 -> ns1", "web1 -> ns9"),
          trusts: [{ server: "web1", peer: "ns1" }],
          trustedAddresses: { web1: ["192.0.2.63"] },
          apiTokens: [{ server: "ns1", users: ["web1", "ns9"], acls: ["clustering"] }, { server: "web1" }],
          rules: { "redundant-link": { severity: "off", reason: "x" } },
        },
      ),
    );
    expect(other).toEqual({
      servers: new Map([
        ["ns1<2>", { ...dns(63), name: "ns1<2>", nameserver: true, intermediary: false }],
        ["web1<2>", { ...web(20), name: "web1<2>", nameserver: false, intermediary: false }],
      ]),
      links: links("web1<2> -> ns1<2>", "web1<2> -> ns9"),
      trusts: [{ server: "web1<2>", peer: "ns1<2>" }],
      trustedAddresses: new Map([["web1<2>", ["192.0.2.63"]]]),
      tokens: [{ server: "ns1<2>", users: ["ns9", "web1<2>"], acls: ["clustering"] }, { server: "web1<2>" }],
      rules: { "redundant-link": { severity: "off", reason: "x" } },
    });
  });
});

describe("several topologies merged into one", () => {
  const first: TopologyInput = {
    servers: { web1: { type: "cpanel", hostname: "web1.example.com" }, ns1: cpanelNameserver(53) },
    links: links("web1 -> ns1"),
    trustedAddresses: { web1: ["192.0.2.53"] },
  };
  const second: TopologyInput = {
    servers: { web1: web(10, { hostname: "other.example.com" }), ns2: dns(54), a: web(1) },
    links: [link("web1 -> ns2", "write-only"), link("a -> ns2")],
    trusts: [{ server: "a", peer: "web1" }],
    trustedAddresses: { web1: ["192.0.2.54"], a: [] },
    apiTokens: [{ server: "ns2" }],
  };

  test("[U] have every server once, with the fields of all of them", () => {
    const { servers } = mergeTopologies(read(first, second));
    expect([...servers.keys()]).toEqual(["a", "ns1", "ns2", "web1"]);
    expect(servers.get("web1")).toMatchObject({ hostname: "web1.example.com", address: "192.0.2.10" });
  });

  test("[U] have all links in order, given and derived trusts, and the merged lists of each server", () => {
    const { links, trusts, trustedAddresses, rules } = mergeTopologies(read(second, first));
    expect(links.map(({ from, to, role }) => `${from} -> ${to} ${role}`)).toEqual([
      "a -> ns2 sync",
      "web1 -> ns1 sync",
      "web1 -> ns2 write-only",
    ]);
    expect(trusts).toEqual([
      { server: "a", peer: "web1" },
      { server: "web1", peer: "ns1" },
    ]);
    expect(trustedAddresses).toEqual(
      new Map([
        ["a", []],
        ["web1", ["192.0.2.54", "192.0.2.53"]],
      ]),
    );
    expect(rules).toEqual({});
  });

  test("[U] have tokens if one of them gives any, and those of the others are then derived", () => {
    expect(mergeTopologies(read(first, first))).not.toHaveProperty("tokens");
    expect(mergeTopologies(read(first, second)).tokens).toEqual([
      { server: "ns1", users: ["web1"], acls: ["clustering"] },
      { server: "web1", users: ["ns1"], acls: ["clustering"], whitelistIps: ["192.0.2.53"] },
      { server: "ns2" },
    ]);
  });

  test("[U] keep the same link of two topologies twice", () => {
    expect(mergeTopologies(read(first, first)).links).toHaveLength(2);
  });
});
