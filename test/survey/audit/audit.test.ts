import type { TopologyInput } from "../../../provider/schema/topology";
import {
  auditSurvey,
  declarationOf,
  type Declaration,
  type DeclaredToken,
  type Difference,
} from "../../../provider/survey";
import { cpanelNameserver, direct, directWith, dns, link, web } from "../../topology/builders";
import { memberAt, standing, type FakeSurvey } from "./standing";

const now = 1_000;

/** Audits a topology against a survey that was changed. */
function auditOf(
  topology: TopologyInput,
  change: (survey: FakeSurvey) => void = () => undefined,
  declaration: Declaration = declarationOf([topology]),
): Difference[] {
  const survey = standing(topology);
  change(survey);
  return auditSurvey(declaration, survey, now).elements.flatMap(({ differences }) => differences);
}

const kinds = (differences: readonly Difference[]) => differences.map(({ kind }) => kind);

/** web1 and ns1 behind one router, ns2 and web2 elsewhere with one address each. */
const nat: TopologyInput = {
  servers: {
    web1: web(10, { publicAddress: "203.0.113.10" }),
    web2: web(20),
    ns1: cpanelNameserver(53, { publicAddress: "203.0.113.53" }),
    ns2: dns(54),
  },
  links: [link("web1 -> ns1"), link("web2 -> ns1"), link("web1 -> ns2"), link("web2 -> ns2")],
};

describe("where an entry must stand", () => {
  test("[U] servers store the address under which they reach each other", () => {
    const keys = declarationOf([nat]).entries.map(({ holder, about, key }) => `${holder} ${about} ${key}`);
    expect(keys.sort()).toEqual([
      "ns1 web1 192.0.2.10",
      "ns1 web2 192.0.2.20",
      "web1 ns1 192.0.2.53",
      "web1 ns2 192.0.2.54",
      "web2 ns1 203.0.113.53",
      "web2 ns2 192.0.2.54",
    ]);
  });

  test("[U] `via` of the cluster, and of a link before it, decides otherwise", () => {
    const links = [link("web1 -> ns1"), { ...link("web2 -> ns1"), via: "address" as const }];
    const { entries } = declarationOf([{ ...nat, links, trusts: [], via: "publicAddress" }]);
    expect(entries.map(({ holder, key }) => `${holder} ${key}`)).toEqual([
      "web1 203.0.113.53",
      "web2 192.0.2.53",
    ]);
  });

  test("[U] an entry under the other address is one difference, not a missing and an undeclared link", () => {
    const found = auditOf(nat, ({ servers, uses }) => {
      servers.get("web1")!.members.find(({ key }) => key === "192.0.2.53")!.key = "203.0.113.53";
      uses.find(({ holder, key }) => holder === "web1" && key === "192.0.2.53")!.key = "203.0.113.53";
    });
    expect(found.map(({ kind, declared, actual }) => [kind, declared, actual])).toEqual([
      ["address", "192.0.2.53", "203.0.113.53"],
    ]);
  });

  test("[U] an entry under each address is a duplicate, and no undeclared link", () => {
    const found = auditOf(nat, ({ servers }) => {
      servers.get("web1")!.members.push(memberAt("203.0.113.53", "sync", "x"));
    });
    expect(found).toMatchObject([
      { kind: "duplicate-entry", server: "web1", peer: "ns1", actual: "192.0.2.53, 203.0.113.53" },
    ]);
  });

  test("[U] addresses that a topology leaves open come from the connections", () => {
    const open: TopologyInput = {
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } },
      links: [link("web1 -> ns1")],
    };
    expect(() => declarationOf([open])).toThrow("servers.ns1.address: web1 stores it; give it");
    const { entries } = declarationOf([open], { web1: web(10), ns1: dns(53) });
    expect(entries).toMatchObject([{ key: "192.0.2.53" }]);
  });

  test("[U] a topology and connections that contradict each other are refused", () => {
    expect(() => declarationOf([direct], { ns1: dns(99) })).toThrow(
      "servers.ns1.address: 192.0.2.53 here, but the connections say 192.0.2.99",
    );
  });
});

describe("several topologies", () => {
  test("[U] count a server, a link and a line once", () => {
    const { servers, entries, trustedAddresses, tokens } = declarationOf([direct, direct]);
    expect([servers.size, entries.length, trustedAddresses.length]).toEqual([4, 4, 4]);
    expect(kinds(auditOf(direct, undefined, declarationOf([direct, direct])))).toEqual([]);
    expect(tokens.length).toBe(4);
  });

  test("[U] a link of one of them is not undeclared for the other", () => {
    const links = direct.links ?? [];
    const halves = [links.slice(0, 2), links.slice(2)].map((some) => ({ ...direct, links: some }));
    expect(auditOf(direct, undefined, declarationOf(halves))).toEqual([]);
  });
});

describe("a link that is not declared", () => {
  test("[U] is told with the name of a server that only the connections know", () => {
    const feeds = ({ servers }: FakeSurvey) =>
      void servers.get("ns1")!.members.push(memberAt("192.0.2.77", "sync", "x"));
    const known = declarationOf([direct], { other: dns(77) });
    expect(auditOf(direct, feeds, known)).toMatchObject([{ server: "ns1", peer: "other" }]);
    expect(auditOf(direct, feeds)).toMatchObject([{ server: "ns1", peer: "192.0.2.77" }]);
  });

  test("[U] in the place of a trust that is derived is a trust that feeds", () => {
    const topology: TopologyInput = {
      servers: { web1: web(10), ns1: cpanelNameserver(53) },
      links: [link("web1 -> ns1")],
    };
    const found = auditOf(topology, ({ servers }) => {
      Object.assign(servers.get("ns1")!.members[0]!, { role: "sync", roleText: "sync" });
    });
    expect(found).toMatchObject([{ kind: "trust-role", server: "ns1", peer: "web1", actual: "sync" }]);
  });
});

describe("a host name", () => {
  const hosts = (declared: string | undefined, known: string | undefined, stored: string) => {
    const topology = directWith({ links: [link("web1 -> ns1")] });
    const servers = { ...topology.servers, ns1: dns(53, declared ? { hostname: declared } : {}) };
    const declaration = declarationOf(
      [{ ...topology, servers }],
      known ? { ns1: dns(53, { hostname: known }) } : {},
    );
    return kinds(
      auditOf(
        topology,
        (survey) => (survey.servers.get("web1")!.members[0]!.fields.host = stored),
        declaration,
      ),
    );
  };

  test.each([
    ["ns1.example.com", undefined, "NS1.example.com", []],
    ["ns1.example.com", undefined, "192.0.2.53", ["host-name"]],
    [undefined, "ns1.example.com", "ns1.example.com", []],
    [undefined, "ns1.example.com", "192.0.2.53", []],
    [undefined, "ns1.example.com", "old.example.com", ["host-name"]],
    [undefined, undefined, "any.example.com", []],
  ])("[U] declared as %s, known as %s and stored as %s gives %j", (declared, known, stored, expected) => {
    expect(hosts(declared, known, stored)).toEqual(expected);
  });
});

describe("a version", () => {
  test.each([
    ["11.136.0.5", "11.136.0.5", []],
    ["136.0.5", "11.136.0.5", []],
    ["11.136", "11.136.0.5", []],
    ["11.13", "11.136.0.5", ["version"]],
    ["11.136.0.6", "11.136.0.5", ["version"]],
    ["11.136.0 (build 5)", "11.136.0.5", []],
  ])("[U] declared as %s and found as %s gives %j", (version, actual, expected) => {
    const topology = directWith({ servers: { ...direct.servers, ns1: dns(53, { version }) } });
    const found = auditOf(topology, ({ servers }) => void (servers.get("ns1")!.version = actual));
    expect(kinds(found)).toEqual(expected);
  });
});

describe("a token", () => {
  const one = directWith({ links: [link("web1 -> ns1")], trustedAddresses: {} });
  const withToken = (more: Partial<DeclaredToken>, other: TopologyInput = one) => {
    const settings = { acls: ["clustering"], whitelistIps: ["192.0.2.10"] };
    return declarationOf([other], {}, [{ server: "ns1", users: ["web1"], settings, ...more }]);
  };
  const edited = (change: object) => (survey: FakeSurvey) => {
    const [use] = survey.uses;
    survey.servers.get("ns1")!.tokens = [{ ...use!.token!, ...change }];
    use!.token = { ...use!.token!, ...change };
  };

  test("[U] that was derived may do more, from anywhere", () => {
    expect(auditOf(one, edited({ acls: ["all", "clustering"], whitelistIps: [] }))).toEqual([]);
    expect(auditOf(one, edited({ acls: [], whitelistIps: ["192.0.2.0/24"] }))).toEqual([]);
  });

  test("[U] that is declared may not", () => {
    const wide = edited({ acls: ["all", "clustering"], whitelistIps: [] });
    expect(auditOf(one, wide, withToken({}))).toMatchObject([
      { kind: "token-acls", server: "ns1", peer: "web1", declared: "clustering", actual: "all" },
      { kind: "token-addresses", declared: "192.0.2.10", actual: "any address" },
    ]);
  });

  test("[U] is compared by what its lists mean, and not by how they are written", () => {
    const settings = { acls: ["clustering", "clustering"], whitelistIps: ["192.0.2.10/32", "2001:db8::1"] };
    const full = {
      acls: ["clustering"],
      whitelistIps: ["192.0.2.10", "2001:0db8:0000:0000:0000:0000:0000:0001"],
    };
    expect(auditOf(one, edited(full), withToken({ settings }))).toEqual([]);
  });

  test("[U] with an expiry has that expiry", () => {
    const settings = { acls: ["clustering"], whitelistIps: ["192.0.2.10"], expiresAt: 5_000 };
    expect(auditOf(one, edited({ expiresAt: 4_000 }), withToken({ settings }))).toMatchObject([
      { kind: "token-expiry", declared: "1970-01-01T01:23:20Z", actual: "1970-01-01T01:06:40Z" },
    ]);
  });

  test("[U] of another name than declared is another token", () => {
    expect(auditOf(one, edited({ name: "by-hand" }), withToken({ name: "ours" }))).toMatchObject([
      { kind: "other-token", server: "web1", peer: "ns1", declared: "ours", actual: "by-hand" },
    ]);
  });

  test("[U] for something else is not looked for in an entry, but on its server", () => {
    const monitoring = withToken({ users: [], name: "monitoring" });
    expect(auditOf(one, undefined, monitoring)).toMatchObject([
      { kind: "missing-token", server: "ns1", declared: "monitoring", actual: null },
    ]);
    const made = { name: "monitoring", acls: ["clustering"], createTime: 2, expiresAt: undefined };
    const found = auditOf(
      one,
      ({ servers }) => void servers.get("ns1")!.tokens.push({ ...made, whitelistIps: ["192.0.2.10"] }),
      monitoring,
    );
    expect(found).toEqual([]);
  });

  test("[U] of a server that stores none is missing, and an old access key is left alone", () => {
    const stored = (pass: string | undefined) => (survey: FakeSurvey) => {
      survey.uses = [];
      Object.assign(survey.servers.get("web1")!.members[0]!.fields, { pass });
    };
    expect(auditOf(one, stored(undefined))).toMatchObject([{ kind: "unknown-token", actual: null }]);
    expect(auditOf(one, stored("GARBAGE"))).toMatchObject([
      { kind: "unknown-token", actual: "an unknown token" },
    ]);
    expect(auditOf(one, stored("0f".repeat(400)))).toEqual([]);
  });

  test("[U] has to be accepted from the address that a caller shows behind its router", () => {
    const inside = { ...nat, links: [link("web1 -> ns1")], trusts: [], trustedAddresses: {} };
    expect(kinds(auditOf(inside, edited({ whitelistIps: ["203.0.113.10"] })))).toEqual(["token-refused"]);
    expect(kinds(auditOf(inside, edited({ whitelistIps: ["192.0.2.10"] })))).toEqual([]);
    const outside = { ...inside, links: [link("web1 -> ns2")] };
    const pinned = (survey: FakeSurvey) => {
      survey.uses[0]!.token = { ...survey.uses[0]!.token!, whitelistIps: ["203.0.113.10"] };
      survey.servers.get("ns2")!.tokens = [];
    };
    expect(kinds(auditOf(outside, pinned))).toEqual([]);
  });
});

test("[U] nothing that an audit says contains a secret", () => {
  const found = auditOf(direct, (survey) => {
    survey.uses.forEach((use) => (use.token = undefined));
    survey.servers.get("ns1")!.members.push(memberAt("203.0.113.9", "sync", "x"));
  });
  expect(found.length).toBeGreaterThan(4);
  expect(JSON.stringify(found)).not.toContain("SECRET");
});
