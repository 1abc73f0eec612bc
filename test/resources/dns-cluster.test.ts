import * as pulumi from "@pulumi/pulumi";
import * as whm from "../../provider";
import { mockEngine, registrations, type MockedResource } from "../helpers/mocked-engine";
import { withUnpacked } from "../helpers/unpacked";

const connection = { host: "192.0.2.1", password: "PLANTEDPASSWORD", insecureSkipHostKeyCheck: true };
const web1 = { type: "cpanel", address: "192.0.2.10", hostname: "web1.example.com", connection } as const;
const ns1 = { type: "dnsonly", address: "192.0.2.53", hostname: "ns1.example.com", connection } as const;
const ns2 = { type: "dnsonly", address: "192.0.2.54", connection } as const;

describe("DnsCluster, without an engine", () => {
  let registered: MockedResource[];

  beforeEach(() => {
    registered = mockEngine();
  });

  const inputsOf = (name: string) => registered.find((resource) => resource.name === name)?.inputs;
  const names = () => registered.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);

  test("[U] creates tokens, members and trusted addresses for every link", async () => {
    const cluster = new whm.DnsCluster(
      "prod",
      whm.directLinks({ webServers: { web1 }, nameservers: { ns1, ns2 } }),
    );
    await registrations();
    expect(names().sort()).toEqual([
      "ApiToken prod-ns1-for-web1",
      "ApiToken prod-ns2-for-web1",
      "ClusterProof prod",
      "DnsCluster prod",
      "DnsClusterMember prod-web1-ns1",
      "DnsClusterMember prod-web1-ns2",
      "TopologyGate prod",
      "TrustedRemoteIp prod-web1-192.0.2.53",
      "TrustedRemoteIp prod-web1-192.0.2.54",
      "pulumi-nodejs prod",
    ]);
    expect(cluster.shape).toBe("direct");
    expect(inputsOf("prod-ns1-for-web1")).toMatchObject({
      server: "ns1",
      users: ["web1"],
      whitelistIps: ["192.0.2.10"],
    });
    expect(inputsOf("prod-web1-ns1")).toMatchObject({
      peerAddress: "192.0.2.53",
      peerHostname: "ns1.example.com",
      role: "sync",
    });
    expect(inputsOf("prod-web1-ns2")).toMatchObject({ peerHostname: "192.0.2.54" });
    expect(inputsOf("prod-web1-192.0.2.53")).toMatchObject({
      address: "192.0.2.53",
      logicalName: "organization/project/stack/prod-web1-192.0.2.53",
    });
  });

  test("[U] a drained server or link is stored as standalone and judged as declared, with a warning", async () => {
    const warnings = jest.spyOn(console, "warn");
    const drain = { reason: "new disk" };
    const cluster = new whm.DnsCluster("prod", {
      servers: { web1, ns1: { ...ns1, drain }, ns2 },
      links: [
        { from: "web1", to: "ns1", role: "sync" },
        { from: "web1", to: "ns2", role: "write-only", drain },
      ],
    });
    await registrations();
    expect(inputsOf("prod-web1-ns1")).toMatchObject({ role: "standalone" });
    expect(inputsOf("prod-web1-ns2")).toMatchObject({ role: "standalone" });
    expect(names()).toContain("TrustedRemoteIp prod-web1-192.0.2.53");
    expect(cluster.topology.links.map(({ role }) => role)).toEqual(["sync", "write-only"]);
    const said = warnings.mock.calls.flat().join("\n");
    expect(said).toContain("ns1 is drained (new disk): its 1 link stands as standalone.");
    expect(said).toContain(
      "web1 -> ns2 is drained (new disk): it stands as standalone instead of write-only.",
    );
  });

  test("[U] a link declared by itself is stored as standalone while its server is drained", async () => {
    const provider = new whm.Provider("whm", { servers: { web1, ns1: { ...ns1, drain: { reason: "x" } } } });
    const { token } = new whm.ApiToken("t", { server: "ns1", users: ["web1"] }, { provider });
    const args = { server: "web1", peer: "ns1", role: "sync", token } as const;
    new whm.DnsClusterMember("web1-ns1", args, { provider });
    await registrations();
    expect(inputsOf("web1-ns1")).toMatchObject({ role: "standalone" });
  });

  test("[U] given tokens replace the derived ones, and a shared one is one resource with all its users", async () => {
    const web2 = { type: "cpanel", address: "192.0.2.11", connection } as const;
    const cluster = new whm.DnsCluster("prod", {
      ...whm.directLinks({ webServers: { web1, web2 }, nameservers: { ns1 } }),
      apiTokens: [{ server: "ns1", users: ["web1", "web2"], acls: ["all"], expiresAt: 2_000_000_000 }],
    });
    await registrations();
    expect(names().filter((name) => name.startsWith("ApiToken"))).toEqual(["ApiToken prod-ns1-for-web1"]);
    expect(inputsOf("prod-ns1-for-web1")).toMatchObject({
      users: ["web1", "web2"],
      acls: ["all"],
      whitelistIps: [],
      expiresAt: 2_000_000_000,
    });
    const { tokens } = cluster.parts;
    expect(tokens["ns1-for-web2"]).toBe(tokens["ns1-for-web1"]);
    expect(inputsOf("prod-web2-ns1")?.token).toEqual(inputsOf("prod-web1-ns1")?.token);
    expect(cluster.findings.map(({ rule }) => rule)).toEqual(["token-scope"]);
  });

  test("[U] renewBefore goes to the tokens that expire, by the cluster's expiry or their own", async () => {
    const tokens = (settings: whm.ClusterTokensArgs) => ({
      ...whm.directLinks({ webServers: { web1 }, nameservers: { ns1, ns2 } }),
      apiTokens: [
        { server: "ns1", users: ["web1"], whitelistIps: ["192.0.2.10"], expiresAt: 2_000_000_000 },
        { server: "ns2", users: ["web1"], whitelistIps: ["192.0.2.10"] },
      ],
      tokens: settings,
    });
    new whm.DnsCluster("own", tokens({ renewBefore: 14 }));
    await registrations();
    expect(inputsOf("own-ns1-for-web1")).toMatchObject({ expiresAt: 2_000_000_000, renewBefore: 14 });
    expect(inputsOf("own-ns2-for-web1")).not.toHaveProperty("renewBefore");
    registered = mockEngine();
    new whm.DnsCluster("all", tokens({ renewBefore: 14, expiresAt: 2_100_000_000 }));
    await registrations();
    expect(inputsOf("all-ns1-for-web1")).toMatchObject({ expiresAt: 2_000_000_000, renewBefore: 14 });
    expect(inputsOf("all-ns2-for-web1")).toMatchObject({ expiresAt: 2_100_000_000, renewBefore: 14 });
  });

  test("[U] two tokens of one server for one user, and a token for nobody, are malformed", () => {
    const make = (...apiTokens: whm.ClusterTokenArgs[]) =>
      new whm.DnsCluster("prod", {
        ...whm.directLinks({ webServers: { web1 }, nameservers: { ns1 } }),
        apiTokens,
      });
    const token = { server: "ns1", users: ["web1"] };
    expect(() => make(token, { ...token, acls: ["all"] })).toThrow(
      "apiTokens[1].users: web1 has a token of ns1 already",
    );
    expect(() => make({ ...token, users: [] })).toThrow("apiTokens[0].users: must name at least one server");
  });

  test("[U] links of a shape whose servers the provider knows need only their names", async () => {
    const provider = new whm.Provider("servers", { servers: { web1, ns1, ns2 } });
    const shape = whm.directLinks({ webServers: ["web1"], nameservers: ["ns1", "ns2"], role: "write-only" });
    expect(Object.keys(shape)).toEqual(["links"]);
    new whm.DnsCluster("prod", shape, { provider });
    await registrations();
    expect(inputsOf("prod-web1-ns2")).toMatchObject({ role: "write-only", peerAddress: "192.0.2.54" });
  });

  test("[U] has no credential in the arguments of the component or of any resource but the provider", async () => {
    new whm.DnsCluster("prod", whm.directLinks({ webServers: { web1 }, nameservers: { ns1 } }));
    await registrations();
    const holders = registered.filter(({ inputs }) =>
      withUnpacked(JSON.stringify(inputs)).includes("PLANTEDPASSWORD"),
    );
    expect(holders.map(({ name }) => name)).toEqual(["prod"]);
    expect(holders[0]?.type).toBe("pulumi:providers:pulumi-nodejs");
  });

  test("[U] reports every finding in one error, and registers only the component", async () => {
    const links = [
      { from: "ns1", to: "web1", role: "sync" },
      { from: "web1", to: "web1", role: "sync" },
    ] as const;
    const declare = () => new whm.DnsCluster("prod", { servers: { web1, ns1 }, links: [...links] });
    expect(declare).toThrow(/^The cluster prod is rejected[\s\S]*\[self-link\][\s\S]*\[sync-back\]/);
    await registrations();
    expect(new Set(registered.map(({ type }) => type))).toEqual(new Set(["whm:index:DnsCluster"]));
  });

  test("[U] gives two linked cpanel servers their reverse trust, with a token of the trusted one", async () => {
    const nameserver = { ...ns1, type: "cpanel", nameserver: true } as const;
    new whm.DnsCluster("prod", whm.directLinks({ webServers: { web1 }, nameservers: { ns1: nameserver } }));
    await registrations();
    expect(inputsOf("prod-ns1-trusts-web1")).toMatchObject({
      server: "web1",
      peer: "ns1",
      serverAddress: "192.0.2.10",
      serverHostname: "web1.example.com",
    });
    expect(inputsOf("prod-web1-for-ns1")).toMatchObject({
      server: "web1",
      users: ["ns1"],
      whitelistIps: ["192.0.2.53"],
    });
  });

  test("[U] turns a finding of an overridden rule into a warning with its reason", () => {
    const intermediary = {
      "nameserver-link": { severity: "warning", reason: "until the move is done" },
    } as const;
    const cluster = new whm.DnsCluster("prod", {
      servers: { web1, ns1, ns2 },
      links: [
        { from: "web1", to: "ns1", role: "sync" },
        { from: "ns1", to: "ns2", role: "sync" },
      ],
      rules: intermediary,
    });
    expect(cluster.shape).toBe("primary-nameserver");
    expect(cluster.findings).toContainEqual(
      expect.objectContaining({
        rule: "nameserver-link",
        severity: "warning",
        reason: "until the move is done",
      }),
    );
  });

  test.each([
    ["a fixed rule", { "sync-back": { severity: "off", reason: "no" } }, /sync-back/],
    ["an unknown rule", { "sync-bak": { severity: "off", reason: "no" } }, /sync-back/],
    ["a rule without a reason", { "nameserver-link": { severity: "off" } }, /reason/],
  ])("[U] refuses an override of %s", (_what, rules, message) => {
    const declare = () =>
      new whm.DnsCluster("prod", {
        ...whm.directLinks({ webServers: { web1 }, nameservers: { ns1 } }),
        rules: rules as never,
      });
    expect(declare).toThrow(message);
  });

  test("[U] rejects a second cluster that feeds back into the first", () => {
    const shared = { ...ns1, type: "cpanel", nameserver: true } as const;
    new whm.DnsCluster("one", whm.directLinks({ webServers: { web1 }, nameservers: { ns1: shared } }));
    const declare = () =>
      new whm.DnsCluster("two", {
        servers: { web1, ns1: shared },
        links: [{ from: "ns1", to: "web1", role: "sync" }],
      });
    expect(declare).toThrow(/\[sync-back\]/);
  });

  test("[U] uses the servers of a given provider", async () => {
    const provider = new whm.Provider("whm", { servers: { web1, ns1 } });
    new whm.DnsCluster("prod", { links: [{ from: "web1", to: "ns1", role: "sync" }] }, { provider });
    await registrations();
    expect(names()).toContain("DnsClusterMember prod-web1-ns1");
    expect(names().filter((name) => name.startsWith("pulumi-nodejs"))).toEqual(["pulumi-nodejs whm"]);
  });

  test("[U] warns about its own unlinked server, and its gate does not check that server", async () => {
    const cluster = new whm.DnsCluster("prod", {
      servers: { web1, ns1, ns2 },
      links: [{ from: "web1", to: "ns1", role: "sync" }],
    });
    await registrations();
    expect(cluster.findings).toMatchObject([
      { rule: "unlinked-server", severity: "warning", servers: ["ns2"] },
    ]);
    expect(registered.find(({ type }) => type.endsWith("TopologyGate"))?.inputs).toMatchObject({
      topology: { servers: { web1: { address: "192.0.2.10" }, ns1: { address: "192.0.2.53" } } },
      unlinked: { ns2: { type: "dnsonly", address: "192.0.2.54" } },
    });
  });

  test("[U] does not warn about an unlinked server of a given provider, which belongs to another cluster", async () => {
    const provider = new whm.Provider("whm", { servers: { web1, ns1, ns2 } });
    const cluster = new whm.DnsCluster(
      "prod",
      { links: [{ from: "web1", to: "ns1", role: "sync" }] },
      { provider },
    );
    await registrations();
    expect(cluster.findings).toEqual([]);
    expect(Object.keys(cluster.topology.servers)).toEqual(["web1", "ns1"]);
  });

  test("[U] takes servers and provider from the stack's configuration by default", async () => {
    registered = mockEngine({ "whm:servers": JSON.stringify({ web1, ns1 }) });
    new whm.DnsCluster("prod", { links: [{ from: "web1", to: "ns1", role: "sync" }] });
    await registrations();
    expect(names()).toContain("DnsClusterMember prod-web1-ns1");
    expect(names().filter((name) => name.startsWith("pulumi-nodejs"))).toEqual([]);
  });

  test("[U] uses a primary nameserver as the only intermediary, given by name or separately", () => {
    const named = whm.primaryNameserver({ webServers: { web1 }, primary: "ns1", nameservers: { ns1, ns2 } });
    const apart = whm.primaryNameserver({ webServers: { web1 }, primary: { ns1 }, nameservers: { ns2 } });
    expect(named).toEqual(apart);
    expect(named.links).toEqual([
      { from: "web1", to: "ns1", role: "sync" },
      { from: "ns1", to: "ns2", role: "sync" },
    ]);
    expect(new whm.DnsCluster("prod", named).shape).toBe("primary-nameserver");
  });

  test("[U] isInstance recognises a cluster", () => {
    const cluster = new whm.DnsCluster(
      "prod",
      whm.directLinks({ webServers: { web1 }, nameservers: { ns1 } }),
    );
    expect(whm.DnsCluster.isInstance(cluster)).toBe(true);
    expect(whm.DnsCluster.isInstance(new pulumi.asset.StringAsset("x"))).toBe(false);
    expect(whm.DnsCluster.isInstance(undefined)).toBe(false);
  });
});
