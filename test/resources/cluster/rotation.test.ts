import * as pulumi from "@pulumi/pulumi";
import * as whm from "../../../provider";
import { mockEngine, registrations, type MockedResource } from "../../helpers/mocked-engine";

const connection = { host: "192.0.2.1", password: "p", insecureSkipHostKeyCheck: true };
const web = (at: number) => ({ type: "cpanel", address: `192.0.2.1${at}`, connection }) as const;
const ns = (at: number) => ({ type: "dnsonly", address: `192.0.2.5${at}`, connection }) as const;
const shape = whm.directLinks({
  webServers: { web1: web(1), web2: web(2) },
  nameservers: { ns1: ns(1), ns2: ns(2) },
});
const shared = [{ server: "ns1", users: ["web1", "web2"], whitelistIps: ["192.0.2.11", "192.0.2.12"] }];

let registered: MockedResource[];
beforeEach(() => {
  registered = mockEngine();
});

/** What the tokens of a cluster get as `rotate`, by their names. */
async function valuesOf(
  rotate: whm.ClusterTokensArgs["rotate"],
  more: Partial<whm.DnsClusterArgs> = {},
): Promise<Record<string, unknown>> {
  registered = mockEngine();
  new whm.DnsCluster("prod", { ...shape, ...(rotate !== undefined && { tokens: { rotate } }), ...more });
  await registrations();
  const tokens = registered.filter(({ type }) => type.endsWith(":ApiToken"));
  return Object.fromEntries(tokens.map(({ name, inputs }) => [name.replace("prod-", ""), inputs["rotate"]]));
}

/** Tokens that a change from one value to another rotates. */
async function rotatedBy(
  before: whm.ClusterTokensArgs["rotate"],
  after: whm.ClusterTokensArgs["rotate"],
  more: Partial<whm.DnsClusterArgs> = {},
): Promise<string[]> {
  const [old, next] = [await valuesOf(before, more), await valuesOf(after, more)];
  return Object.keys(next)
    .filter((name) => old[name] !== next[name])
    .sort();
}

const all = ["ns1-for-web1", "ns1-for-web2", "ns2-for-web1", "ns2-for-web2"];

describe("rotate of a cluster", () => {
  test.each<[string, whm.ClusterTokensArgs["rotate"], whm.ClusterTokensArgs["rotate"], string[]]>([
    ["a plain value is the whole fleet", "1", "2", all],
    ["a number says the same as its text", "1", 1, []],
    ["the longer form with the same fleet value rotates nothing", "1", { fleet: "1" }, []],
    ["so does an empty one where nothing was given", undefined, {}, []],
    ["a fleet value in the longer form is the whole fleet", "1", { fleet: "2" }, all],
    [
      "a server's value rotates the tokens that open it",
      "1",
      { fleet: "1", servers: { ns2: "x" } },
      ["ns2-for-web1", "ns2-for-web2"],
    ],
    [
      "a token's value rotates that token",
      { fleet: "1", servers: { ns2: "x" } },
      { fleet: "1", servers: { ns2: "x" }, tokens: { "ns1-for-web2": 7 } },
      ["ns1-for-web2"],
    ],
    [
      "a fleet value also rotates what is narrowed down",
      { fleet: "1", tokens: { "ns1-for-web2": 7 } },
      { fleet: "2", tokens: { "ns1-for-web2": 7 } },
      all,
    ],
    [
      "the order in which values stand says nothing",
      { fleet: "1", tokens: { "ns1-for-web1": 1, "ns2-for-web1": 1 } },
      { tokens: { "ns2-for-web1": 1, "ns1-for-web1": 1 }, fleet: "1" },
      [],
    ],
  ])("[U] %s", async (_title, before, after, rotated) => {
    expect(await rotatedBy(before, after)).toEqual(rotated);
  });

  test("[U] a shared token goes by the name of each of its users", async () => {
    const links = shape.links.filter(({ to }) => to === "ns1");
    const more = { links, apiTokens: shared };
    expect(await rotatedBy("1", { fleet: "1", tokens: { "ns1-for-web2": "x" } }, more)).toEqual([
      "ns1-for-web1",
    ]);
  });

  test("[U] a value may come from another resource", async () => {
    const fleet = pulumi.output("1");
    expect(await rotatedBy("1", { fleet, servers: { ns1: pulumi.output(3) } })).toEqual(all.slice(0, 2));
    expect(await rotatedBy("1", fleet)).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    [
      "a server that it does not have",
      { servers: { ns9: 1 } },
      /tokens\.rotate of the cluster prod is malformed:\n {2}servers\.ns9: is no server with a token here; there are ns1 and ns2/,
    ],
    ["a server that no token opens", { servers: { web1: 1 } }, /servers\.web1: is no server with a token/],
    [
      "a token that it does not have",
      { tokens: { "web1-for-ns1": 1 } },
      /tokens\.web1-for-ns1: is no token of this cluster; there are ns1-for-web1, ns2-for-web1, ns1-for-web2 and ns2-for-web2/,
    ],
    ["a field of another name", { flet: 1 }, /tokens\.rotate of the cluster prod is malformed:\n.*flet/],
  ])("[U] is refused for %s", (_title, rotate, message) => {
    const declare = () =>
      new whm.DnsCluster("prod", { ...shape, tokens: { rotate: rotate as { fleet: string } } });
    expect(declare).toThrow(message);
  });
});

test("[U] rotate of a single token is a text, a number or a boolean", async () => {
  const provider = new whm.Provider("whm", { servers: shape.servers });
  const declare = (name: string, rotate: unknown) =>
    new whm.ApiToken(name, { server: "ns1", rotate: rotate as boolean }, { provider });
  declare("t", true);
  await registrations();
  expect(registered.find(({ name }) => name === "t")?.inputs).toMatchObject({ rotate: "true" });
  expect(() => declare("u", { fleet: 1 })).toThrow(/rotate of the token u .*not an object/s);
});
