import * as pulumi from "@pulumi/pulumi";
import * as whm from "../../provider";
import { mockEngine, registrations, type MockedResource } from "../helpers/mocked-engine";

const connection = { host: "192.0.2.1", password: "x", insecureSkipHostKeyCheck: true };
const web = (last: number) => ({ type: "cpanel", address: `192.0.2.${last}`, connection }) as const;
const dns = (last: number) => ({ type: "dnsonly", address: `192.0.2.${last}`, connection }) as const;

describe("links declared one by one with several providers, without an engine", () => {
  let registered: MockedResource[];

  beforeEach(() => {
    registered = mockEngine();
  });

  // What a test has declared is registered a little later, and must not be with the next one.
  afterEach(registrations);

  function link(provider: whm.Provider, from: string, to: string): void {
    const options = { provider };
    const token = new whm.ApiToken(`${to}-for-${from}`, { server: to, users: [from] }, options);
    const args = { server: from, peer: to, role: "sync", token: token.token } as const;
    new whm.DnsClusterMember(`${from}-${to}`, args, options);
  }
  const trusting = (provider: whm.Provider, server: string, ...addresses: string[]) =>
    addresses.forEach(
      (address) => new whm.TrustedRemoteIp(`${server}-${address}`, { server, address }, { provider }),
    );
  const errors = () => whm.declaredFindings().filter(({ severity }) => severity === "error");

  const chain = { web1: web(10), ns1: dns(53), ns2: dns(54) };
  const relaxed = { "nameserver-link": { severity: "off", reason: "a test" } } as const;

  test.each([
    ["before", true],
    ["after", false],
  ])("[U] do not use the overrides of another provider, declared %s them", (_when, first) => {
    const strict = new whm.Provider("strict", { servers: chain });
    const loose = new whm.Provider("loose", { servers: { web9: web(90), ns9: dns(99) }, rules: relaxed });
    const declareLoose = () => {
      link(loose, "web9", "ns9");
      trusting(loose, "web9", "192.0.2.99");
    };
    if (first) declareLoose();
    link(strict, "web1", "ns1");
    link(strict, "ns1", "ns2");
    trusting(strict, "web1", "192.0.2.53", "192.0.2.54");
    if (!first) declareLoose();
    expect(errors().map(({ rule }) => rule)).toEqual(["nameserver-link"]);
  });

  test("[U] are judged together if one is declared after the verdict", async () => {
    const provider = new whm.Provider("both", { servers: { web1: web(10), ns1: dns(53) } });
    link(provider, "web1", "ns1");
    trusting(provider, "web1", "192.0.2.53");
    await registrations();
    expect(registered.map(({ name }) => name)).toContain("web1-ns1");
    expect(() => link(provider, "ns1", "web1")).toThrow(/\[sync-back\]/);
  });

  test("[U] may use one name for two servers of two providers", () => {
    const one = new whm.Provider("one", { servers: { a: web(10), b: dns(53) } });
    const two = new whm.Provider("two", { servers: { a: dns(54), b: web(11) } });
    link(one, "a", "b");
    trusting(one, "a", "192.0.2.53");
    expect(errors()).toEqual([]);
    const options = { provider: two };
    const token = new whm.ApiToken("back", { server: "b", users: ["a"] }, options);
    new whm.DnsClusterMember("back", { server: "a", peer: "b", role: "sync", token: token.token }, options);
    expect(errors().map(({ rule }) => rule)).toContain("sync-back");
  });

  test("[U] are one cluster if both providers know the same servers", () => {
    const one = new whm.Provider("one", { servers: { web1: web(10), ns1: dns(53) } });
    const two = new whm.Provider("two", { servers: { web1: web(10), ns1: dns(53) } });
    link(one, "web1", "ns1");
    trusting(one, "web1", "192.0.2.53");
    link(two, "ns1", "web1");
    expect(errors().map(({ rule }) => rule)).toEqual(expect.arrayContaining(["sync-back", "feeding-cycle"]));
  });

  test("[U] have one gate for each provider, named after nothing that may be renamed", async () => {
    const one = new whm.Provider("one", { servers: { web1: web(10), ns1: dns(53) } });
    const two = new whm.Provider("two", { servers: { web2: web(11), ns2: dns(54) } });
    link(one, "web1", "ns1");
    trusting(one, "web1", "192.0.2.53");
    link(two, "web2", "ns2");
    trusting(two, "web2", "192.0.2.54");
    await registrations();
    const gates = registered.filter(({ type }) => type.endsWith("TopologyGate"));
    const contents = gates.map(({ name, inputs }) => {
      const topology = inputs["topology"] as whm.Topology;
      return [name, Object.keys(topology.servers).sort()];
    });
    expect(contents).toEqual([
      ["links", ["ns1", "web1"]],
      ["links-2", ["ns2", "web2"]],
    ]);
  });

  test("[U] include a cluster without servers, which uses the provider of the component around it", () => {
    const provider = new whm.Provider("whm", { servers: { web1: web(10), ns1: dns(53) } });
    const site = new pulumi.ComponentResource("test:index:Site", "site", {}, { providers: [provider] });
    const links = [{ from: "web1", to: "ns1", role: "sync" }] as const;
    const cluster = new whm.DnsCluster("prod", { links: [...links] }, { parent: site });
    expect(Object.keys(cluster.topology.servers)).toEqual(["web1", "ns1"]);
  });
});
