import * as pulumi from "@pulumi/pulumi";
import * as whm from "../../provider";
import { mockEngine, registrations } from "../helpers/mocked-engine";

const planted = "PLANTEDTOKEN0123456789ABCDEFGH01";
const web1 = {
  type: "cpanel",
  address: "192.0.2.10",
  connection: { host: "web1", password: "hunter2" },
} as const;
const ns1 = {
  type: "dnsonly",
  address: "192.0.2.53",
  connection: { host: "ns1", password: "hunter2" },
} as const;
const servers = { web1, ns1 };
const links = [{ from: "web1", to: "ns1", role: "sync" } as const];
const awaited = "is a promise that was not awaited; write `await` before it";
const output = "is an output of another resource";

const cluster = (more: object): unknown => new whm.DnsCluster("prod", { servers, links, ...more });
const provider = (args: unknown): unknown => new whm.Provider("whm", args as whm.ProviderArgs);
const member = (more: object): unknown =>
  new whm.DnsClusterMember("m", {
    ...{ server: "web1", peer: "ns1", role: "sync", token: planted },
    ...more,
  });

describe("a mistake in a program", () => {
  beforeEach(() => void mockEngine());
  afterEach(registrations);

  test.each<[what: string, make: () => unknown, ...sentences: string[]]>([
    [
      "a promise in place of all arguments",
      () => new whm.DnsCluster("prod", Promise.resolve({}) as never),
      `The cluster prod is malformed:\n  (root): ${awaited}`,
    ],
    [
      "a promise in place of servers",
      () => cluster({ servers: Promise.resolve(servers) }),
      `servers: ${awaited}`,
    ],
    [
      "a promise in place of settings that are all optional",
      () => cluster({ tokens: Promise.resolve({ rotate: "x" }) }),
      `tokens: ${awaited}`,
    ],
    ["a promise among links", () => cluster({ links: [Promise.resolve(links[0])] }), `links[0]: ${awaited}`],
    [
      "a promise in place of a provider's servers",
      () => provider({ servers: Promise.resolve(servers) }),
      awaited,
    ],
    [
      "an output as an address",
      () => cluster({ servers: { web1: { ...web1, address: pulumi.output("192.0.2.10") }, ns1 } }),
      `servers.web1.address: ${output}`,
    ],
    [
      "an output as the server of a member",
      () => member({ server: pulumi.output("web1") }),
      `server: ${output}`,
    ],
    [
      "an output as the server of a token",
      () => new whm.ApiToken("t", { server: pulumi.output("ns1") as never }),
      `The API token t is malformed:\n  server: ${output}`,
    ],
    [
      "an output as the peer of a trust",
      () =>
        new whm.ReverseTrust("t", { server: "web1", peer: pulumi.output("ns1") as never, token: planted }),
      `peer: ${output}`,
    ],
    [
      "a token beside api",
      () => cluster({ servers: { web1, ns1: { ...ns1, token: planted } } }),
      "servers.ns1.token: stands beside `api` and belongs inside it, as api.token",
    ],
    [
      "a password beside connection",
      () => provider({ servers: { web1: { ...web1, password: "hunter2" } } }),
      "servers.web1.password: stands beside `connection` and belongs inside it, as connection.password",
    ],
    [
      "a misspelt key of a connection",
      () =>
        cluster({ servers: { web1: { ...web1, connection: { host: "web1", pasword: "hunter2" } }, ns1 } }),
      "The cluster prod is malformed:\n  servers.web1.connection.pasword: is no known key; did you mean password?",
    ],
    [
      "a misspelt key and a wrong value of an API",
      () => provider({ servers: { web1: { ...web1, api: { tokn: planted, port: "2087" } } } }),
      "The provider whm is malformed:",
      'servers.web1.api.port: expected a number, not "2087"; write 2087 without quotes',
      "servers.web1.api.tokn: is no known key; did you mean token?",
    ],
    [
      "a misspelt key of a connection whose host is an output",
      () => provider({ servers: { web1: { ...web1, connection: { host: pulumi.output("a"), prot: 22 } } } }),
      "whm is malformed:\n  servers.web1.connection.prot: is no known key; did you mean port?",
    ],
    ["a misspelt argument", () => cluster({ link: links }), "link: is no known key; did you mean links?"],
    [
      "a misspelt argument of a member",
      () => member({ usr: "root" }),
      "usr: is no known key; did you mean user?",
    ],
    [
      "an argument of a member that is none",
      () => member({ role: "synch" }),
      'role: must be sync, write-only or standalone, not "synch"; did you mean sync?',
    ],
    [
      "an override of an unknown rule",
      () => cluster({ rules: { "nameserver-lnk": { severity: "warning", reason: "move" } } }),
      "The cluster prod is malformed:\n  rules.nameserver-lnk: there is no such rule; did you mean nameserver-link?",
    ],
    [
      "an override of an unknown rule in a provider",
      () => provider({ servers, rules: { "nameserver-lnk": { severity: "warning", reason: "move" } } }),
      "The provider whm is malformed:\n  rules.nameserver-lnk: there is no such rule; did you mean",
    ],
    [
      "the text of a file",
      () => new whm.DnsCluster("prod", "servers: {}" as never),
      '(root): expected an object, not "',
    ],
    [
      "no arguments",
      () => new whm.DnsCluster("prod", undefined as never),
      "(root): is missing; expected an object",
    ],
    ["a provider without arguments", () => provider(undefined), "(root): is missing; expected an object"],
  ])("[U] is refused where it is made: %s", (_what, make, ...sentences) => {
    let said = "accepted";
    try {
      make();
    } catch (error) {
      said = (error as Error).message;
    }
    for (const sentence of sentences) expect(said).toContain(sentence);
    expect(said).not.toContain(planted);
    expect(said).not.toContain("hunter2");
  });

  test("[U] is not seen in values that come from other resources", async () => {
    const connection = { host: pulumi.output("web1"), password: Promise.resolve("hunter2") };
    const given = {
      web1: { ...web1, connection },
      ns1: { ...ns1, connection: pulumi.output({ host: "ns1" }), api: Promise.resolve({ token: planted }) },
    };
    expect(() => new whm.Provider("whm", { servers: given })).not.toThrow();
    expect(() => cluster({ servers: given, tokens: { rotate: pulumi.output("x") } })).not.toThrow();
    await registrations();
  });

  test("[U] in a connection of the configuration names that as its source", () => {
    const web1WithTypo = { ...web1, connection: { host: "web1", privatKey: planted } };
    pulumi.runtime.setAllConfig({ "whm:servers": JSON.stringify({ web1: web1WithTypo, ns1 }) }, [
      "whm:servers",
    ]);
    expect(() => new whm.DnsCluster("prod", { links })).toThrow(
      "The configuration whm:servers is malformed:\n  web1.connection.privatKey: is no known key; did you mean privateKey?",
    );
  });
});
