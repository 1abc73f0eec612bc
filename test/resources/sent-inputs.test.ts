import * as pulumi from "@pulumi/pulumi";
import * as whm from "../../provider";
import { mockEngine, registrations, type MockedResource } from "../helpers/mocked-engine";

const connection = { host: "192.0.2.1", password: "x", insecureSkipHostKeyCheck: true };
const servers = {
  web1: { type: "cpanel", address: "192.0.2.10", connection },
  ns1: { type: "dnsonly", address: "192.0.2.53", connection },
} as const;

describe("the inputs that the classes send to the engine", () => {
  let registered: MockedResource[];
  beforeEach(() => {
    registered = mockEngine();
  });
  afterEach(registrations);

  async function inputsOf(name: string): Promise<Record<string, unknown>> {
    await registrations();
    return registered.find((each) => each.name === name)!.inputs;
  }
  const link = (token: pulumi.Input<string>, provider: whm.Provider) =>
    new whm.DnsClusterMember("link", { server: "web1", peer: "ns1", role: "sync", token }, { provider });

  test("[U] include a token's defaults and the address of its server", async () => {
    const provider = new whm.Provider("whm", { servers });
    new whm.ApiToken("plain", { server: "ns1" }, { provider });
    const inputs = { acls: ["clustering"], whitelistIps: [], users: [], serverAddress: "192.0.2.53" };
    expect(await inputsOf("plain")).toMatchObject(inputs);
  });

  test("[U] include no address for a token if its server has none", async () => {
    const provider = new whm.Provider("whm", { servers: { ns1: { type: "dnsonly", connection } } });
    new whm.ApiToken("plain", { server: "ns1" }, { provider });
    expect((await inputsOf("plain"))["serverAddress"]).toBeUndefined();
  });

  test.each([
    ["written out", "A".repeat(32)],
    ["an output of another resource", pulumi.secret("A".repeat(32))],
  ])("[U] mark a token that is %s as foreign", async (_name, token) => {
    const provider = new whm.Provider("whm", { servers });
    link(token, provider);
    const trust = { server: "web1", peer: "ns1", token };
    new whm.ReverseTrust("trust", trust, { provider });
    expect(await inputsOf("link")).toMatchObject({ foreignToken: true });
    expect(await inputsOf("trust")).toMatchObject({ foreignToken: true });
  });

  test("[U] do not mark the token of an ApiToken of the program", async () => {
    const provider = new whm.Provider("whm", { servers });
    link(new whm.ApiToken("own", { server: "ns1" }, { provider }).token, provider);
    expect((await inputsOf("link"))["foreignToken"]).toBeUndefined();
  });
});
