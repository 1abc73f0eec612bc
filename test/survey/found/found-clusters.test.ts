import fc from "fast-check";
import type { PlainServer } from "../../../provider/schema/server";
import type { TopologyInput } from "../../../provider/schema/topology";
import { ServerError, type Claim } from "../../../provider/servers";
import { findClusters, type Found } from "../../../provider/survey";
import { completeTopology, isRejected, validateTopology } from "../../../provider/topology";
import { arbitraryCluster } from "../../topology/arbitrary-clusters";
import { direct, dns, link, web } from "../../topology/builders";
import { memberAt, standing, type FakeServer, type FakeSurvey } from "../audit/standing";

const now = 1_000;

/** Finds the clusters on servers that stand as a topology declares, after a change. */
function foundOn(topology: TopologyInput, change: (survey: FakeSurvey) => void = () => undefined): Found {
  const survey = standing(topology);
  for (const [name, server] of survey.servers) server.settings = topology.servers[name] as PlainServer;
  change(survey);
  const names = new Map(
    Object.entries(topology.servers).flatMap(([name, { address, publicAddress }]) =>
      [address, publicAddress].map((each) => [each, name] as const),
    ),
  );
  const nameAt = (address: string) => names.get(address);
  return findClusters({ survey, nameAt, owner: "organization/dns/dev", now }, "found on 2026-11-30");
}

const lines = ({ leftAlone }: Found) =>
  leftAlone.map(({ server, what, why }) => `${server}: ${what}: ${why}`);
const onWeb1 = (survey: FakeSurvey) => survey.servers.get("web1")!;
const firstEntry = (survey: FakeSurvey) => onWeb1(survey).members[0]!;
const firstUse = (survey: FakeSurvey) => survey.uses.find(({ holder }) => holder === "web1")!;

/** Every entry and line of servers, as one text each. */
function standingOn(survey: FakeSurvey): string[] {
  return [...survey.servers.values()].flatMap(({ name, members, trustedAddresses = "" }) => [
    ...members.map(({ key, role }) => `${name} ${key} ${role}`),
    ...trustedAddresses.split("\n").flatMap((line) => (line === "" ? [] : [`${name} trusts ${line}`])),
  ]);
}

/** The same, as the clusters that were found declare it. */
function declaredBy(topologies: readonly TopologyInput[], servers: TopologyInput["servers"]): string[] {
  const whole = topologies.map((topology) =>
    standing({ ...topology, servers: { ...servers, ...topology.servers } }),
  );
  return whole.flatMap(standingOn);
}

/** Puts every third server behind NAT. */
function behindNat(topology: TopologyInput): TopologyInput {
  const servers = Object.entries(topology.servers).map(([name, server], at) => [
    name,
    at % 3 === 2 ? { ...server, publicAddress: `203.0.113.${at}` } : server,
  ]);
  return { ...topology, servers: Object.fromEntries(servers) as TopologyInput["servers"] };
}

/** Does to one entry in four what people and other programs do. */
function disturb({ servers, uses }: FakeSurvey, draws: IterableIterator<number>): void {
  const changes: ((server: FakeServer, at: number) => void)[] = [
    ({ members }, at) => (members[at]!.fields.module = "imh"),
    ({ members }, at) => Object.assign(members[at]!, { roleText: "sync\r\n", role: undefined }),
    ({ members }, at) => (members[at]!.text = undefined),
    ({ name, members }, at) => {
      const own = uses.find((use) => use.holder === name && use.key === members[at]!.key)!;
      const other = uses.find((use) => use.peer === own.peer)!;
      Object.assign(own, { token: other.token, secret: other.secret });
    },
    ({ name, members }, at) => {
      const own = uses.find((use) => use.holder === name && use.key === members[at]!.key)!;
      own.token = { ...own.token!, whitelistIps: [], acls: ["all"] };
    },
  ];
  for (const server of servers.values())
    server.members.forEach((_member, at) => changes[draws.next().value as number]?.(server, at));
}

describe("clusters that are found on servers", () => {
  test("[U] of any structure are accepted by the rules and declare exactly what is not left alone", () => {
    fc.assert(
      fc.property(arbitraryCluster(), fc.infiniteStream(fc.nat(19)), (cluster, draws) => {
        const topology = behindNat(cluster);
        const found = foundOn(topology, (survey) => disturb(survey, draws));
        for (const each of found.clusters) expect(isRejected(validateTopology(each.topology))).toBe(false);
        const declared = declaredBy(
          found.clusters.map((each) => each.topology),
          topology.servers,
        );
        const stands = standingOn(standing(topology));
        expect(declared.filter((each) => !stands.includes(each))).toEqual([]);
        const left = stands.filter((each) => !declared.includes(each));
        const told = new Set(found.leftAlone.map(({ server }) => server));
        expect(left.filter((each) => !told.has(each.split(" ")[0]!))).toEqual([]);
        if (!isRejected(validateTopology(topology)) && told.size === 0) expect(left).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("[U] are written without what follows from the rest", () => {
    const [cluster] = foundOn(direct).clusters;
    expect(Object.keys(cluster!.topology).sort()).toEqual(["links", "servers"]);
    expect(completeTopology(cluster!.topology)).toEqual(completeTopology(direct));
  });

  test("[U] have one token with several users where servers share one", () => {
    const { clusters } = foundOn(direct, ({ uses }) => {
      const shared = uses.find(({ holder, peer }) => holder === "web1" && peer === "ns1")!.token;
      for (const use of uses.filter(({ peer }) => peer === "ns1")) use.token = shared;
    });
    const tokens = clusters[0]!.topology.apiTokens!.filter(({ server }) => server === "ns1");
    expect(tokens).toMatchObject([{ users: ["web1", "web2"] }]);
  });

  test("[U] that nothing connects are clusters of their own", () => {
    const servers = { ...direct.servers, web9: web(90), ns9: dns(99) };
    const { clusters } = foundOn({ servers, links: [...direct.links!, link("web9 -> ns9")] });
    expect(clusters.map(({ topology }) => Object.keys(topology.servers).length)).toEqual([4, 2]);
  });

  test("[U] break a rule with an override and its reason, or leave the link out if the rule is fixed", () => {
    const { clusters, leftAlone, findings } = foundOn({
      ...direct,
      links: [...direct.links!, link("ns1 -> ns2"), link("ns2 -> web1")],
    });
    expect(clusters[0]!.topology.rules).toMatchObject({
      "nameserver-link": { severity: "warning", reason: "found on 2026-11-30" },
    });
    expect(clusters[0]!.topology.links).not.toContainEqual(
      expect.objectContaining({ from: "ns2", to: "web1" }),
    );
    expect(leftAlone).toMatchObject([{ server: "ns2", what: "link to web1" }]);
    expect(findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["sync-back", "nameserver-link"]),
    );
  });
});

const claimed: Claim = {
  kind: "member",
  key: "192.0.2.53",
  id: "0123456789abcdef",
  generation: 1,
  content: { format: 1, owner: "organization/other/prod", resource: "x" },
};

const unreachable = new ServerError({
  code: "unreachable",
  server: "web2",
  phrase: "connect",
  said: "down",
  wayOut: "Wait.",
});

describe("what is left alone", () => {
  test.each<[string, (survey: FakeSurvey) => void, RegExp]>([
    ["an entry of another module", (it) => (firstEntry(it).fields.module = "imh"), /another module \(imh\)/],
    ["a role file without a member file", (it) => (firstEntry(it).text = undefined), /without a member file/],
    ["an entry that WHM does not see", (it) => (firstEntry(it).role = undefined), /WHM doesn't see it/],
    [
      "a disabled entry",
      (it) => (firstEntry(it).disabled = "000: 3 of 3 calls failed"),
      /3 of 3 calls failed/,
    ],
    ["an entry of another user", (it) => (firstEntry(it).fields.user = "bob"), /logs in as bob/],
    ["an entry without a token", (it) => it.uses.splice(it.uses.indexOf(firstUse(it)), 1), /holds no token/],
    ["an unknown token", (it) => (firstUse(it).token = undefined), /doesn't know its token/],
    [
      "an expired token",
      (it) => (firstUse(it).token = { ...firstUse(it).token!, expiresAt: now }),
      /expired on 1970-01-01/,
    ],
    [
      "an entry of another stack",
      (it) => (onWeb1(it).claims = [claimed]),
      /resource x of the stack organization\/other\/prod claims it/,
    ],
    [
      "another host name than the others store",
      (it) => (firstEntry(it).fields.host = "old.example.com"),
      /stores the host name old\.example\.com/,
    ],
  ])("[U] %s, with the reason and a way out", (_title, change, why) => {
    const servers = { ...direct.servers, web3: web(12) };
    const links = [...direct.links!, link("web3 -> ns1"), link("web3 -> ns2")];
    const found = foundOn({ servers, links }, change);
    expect(lines(found).filter((line) => !line.includes("API token"))).toEqual([expect.stringMatching(why)]);
    expect(found.leftAlone[0]).toMatchObject({
      server: "web1",
      what: "entry for ns1",
      fix: expect.stringMatching(/./) as string,
    });
    expect(found.clusters[0]!.entries).toHaveLength(5);
  });

  test("[U] both entries for a server that another one stores twice, under one line", () => {
    const servers = { ...direct.servers, ns1: { ...direct.servers["ns1"]!, publicAddress: "203.0.113.53" } };
    const topology = { servers, links: direct.links!.map((each) => ({ ...each, via: "address" as const })) };
    const found = foundOn(topology, (survey) => {
      const again = { ...firstUse(survey), key: "203.0.113.53" };
      survey.uses.push(again);
      onWeb1(survey).members.push(memberAt("203.0.113.53", "sync", firstEntry(survey).fields.host!));
    });
    expect(lines(found).filter((line) => !line.includes("API token"))).toEqual([
      "web1: entries for ns1: it is stored under 192.0.2.53 and 203.0.113.53, and WHM allows one member for a host name",
    ]);
    expect(found.clusters[0]!.entries.map(({ holder, about }) => `${holder} ${about}`)).not.toContain(
      "web1 ns1",
    );
  });

  test("[U] a second address that no connection knows, under one line; the first entry is brought in", () => {
    const found = foundOn(direct, (survey) => {
      firstEntry(survey).fields.host = "ns1.example.com";
      survey.servers.get("web2")!.members[0]!.fields.host = "ns1.example.com";
      onWeb1(survey).members.push(memberAt("198.51.100.7", "sync", "NS1.example.com"));
    });
    expect(lines(found)).toEqual([
      "web1: entries for ns1: it is stored under 192.0.2.53 and 198.51.100.7, and WHM allows one member for a host name",
    ]);
    expect(found.clusters[0]!.entries).toHaveLength(4);
  });

  test("[U] an entry under another address than the two that a program knows", () => {
    const survey = standing(direct);
    const ns1 = { ...direct.servers["ns1"]! };
    survey.servers.get("ns1")!.settings = ns1;
    survey.servers.get("web1")!.members = [memberAt("198.51.100.7", "sync", "ns1.example.com")];
    const found = findClusters({ survey, nameAt: () => "ns1", now }, "found on 2026-11-30");
    expect(lines(found)).toContain(
      `web1: entry for ns1: it stores another address of ns1 than ${ns1.address}`,
    );
  });

  test("[U] entries of a server whose clustering is off, and for servers that no connection leads to", () => {
    const off = foundOn(direct, (survey) => (onWeb1(survey).isClusteringOn = false));
    expect(off.clusters.flatMap(({ entries }) => entries.map(({ holder }) => holder))).toEqual([
      "web2",
      "web2",
    ]);
    expect(lines(off).filter((line) => line.includes("clustering is off"))).toHaveLength(2);
    const unknown = foundOn(direct, (survey) =>
      onWeb1(survey).members.push(memberAt("198.51.100.7", "sync", "x")),
    );
    expect(lines(unknown)).toEqual(["web1: entry for 198.51.100.7: no connection leads to this address"]);
  });

  test("[U] tokens that a server which could not be read may store, without the advice to revoke them", () => {
    const { leftAlone } = foundOn(direct, (survey) => {
      survey.servers.delete("web2");
      survey.uses = survey.uses.filter(({ holder }) => holder !== "web2");
      survey.unreadable.set("web2", unreachable);
    });
    const tokens = leftAlone.filter(({ what }) => what.startsWith("API token"));
    expect(tokens.map(({ server, fix }) => `${server}: ${fix}`)).toEqual([
      "ns1: Leave it until web2 can be read: it may be stored there.",
      "ns2: Leave it until web2 can be read: it may be stored there.",
    ]);
  });

  test("[U] lines that another stack claims, without the advice to remove them", () => {
    const { leftAlone } = foundOn(direct, (survey) => {
      const web1 = onWeb1(survey);
      web1.trustedAddresses = `${web1.trustedAddresses}198.51.100.9\n`;
      const content = { format: 1, owner: "organization/other/prod", resource: "y" } as const;
      web1.claims = [{ kind: "line", key: "198.51.100.9", id: "a", generation: 0, content }];
    });
    expect(leftAlone).toMatchObject([
      {
        what: "line 198.51.100.9 in /etc/ips.remotedns",
        why: "the resource y of the stack organization/other/prod claims it",
        fix: "Leave it to that stack.",
      },
    ]);
  });

  test("[U] lines of others, clusters of resellers, and tokens that nobody stores", () => {
    const found = foundOn(direct, (survey) => {
      const web1 = onWeb1(survey);
      web1.trustedAddresses = `# ours\n${web1.trustedAddresses}198.51.100.9\n`;
      web1.resellers = [{ user: "bob", member: "192.0.2.53", secret: "SECRET" }];
      const token = { acls: ["clustering"], createTime: 1, expiresAt: undefined, whitelistIps: [] };
      survey.servers.get("ns1")!.tokens.push({ ...token, name: "reverse_trust_1" });
    });
    expect(lines(found)).toEqual([
      "web1: cluster of the reseller bob: only root's clusters are managed",
      "web1: line 198.51.100.9 in /etc/ips.remotedns: no link that was found needs it",
      "ns1: API token reverse_trust_1: no server that was read stores it",
    ]);
    expect(found.clusters[0]!.topology.trustedAddresses).toBeUndefined();
  });
});
