import type * as pulumi from "@pulumi/pulumi";
import { ApiToken, DnsClusterMember, Provider, TrustedRemoteIp } from "../../../provider";
import { mockEngine, registrations, type MockedResource } from "../../helpers/mocked-engine";

const servers = {
  web1: { type: "cpanel", address: "192.0.2.10" },
  ns1: { type: "dnsonly", address: "192.0.2.53" },
} as const;
const secret = "SECRET0123456789SECRET0123456789";

const toWriteOnly: pulumi.ResourceTransformation = ({ type, props, opts }) =>
  type.endsWith(":DnsClusterMember") ? { props: { ...props, role: "write-only" }, opts } : undefined;

describe("the judged values, without an engine", () => {
  let registered: MockedResource[];
  let provider: Provider;
  beforeEach(() => {
    registered = mockEngine();
    provider = new Provider("whm", { servers });
  });

  const member = (opts: pulumi.CustomResourceOptions = {}) =>
    new DnsClusterMember(
      "web1-ns1",
      { server: "web1", peer: "ns1", role: "sync", token: secret },
      { provider, ...opts },
    );
  const line = () => new TrustedRemoteIp("ip", { server: "web1", address: "192.0.2.53" }, { provider });
  const inputsOf = (name: string) => registered.find((resource) => resource.name === name)?.inputs;

  test("[U] are in each resource", async () => {
    member();
    line();
    await registrations();
    expect(inputsOf("web1-ns1")).toMatchObject({ __judged: "link\nweb1\nns1\n192.0.2.53\nsync" });
    expect(inputsOf("ip")).toMatchObject({ __judged: "address\nweb1\n192.0.2.53" });
    expect(inputsOf("links")).not.toHaveProperty("kept");
  });

  test("[U] reject the whole program if a transformation changes a link", async () => {
    line();
    member({ transformations: [toWriteOnly] });
    await registrations();
    const rejection = expect.stringMatching(
      /web1 to ns1 was judged with role sync, but write-only/,
    ) as string;
    expect(inputsOf("ip")).toMatchObject({ rejection });
    expect(inputsOf("web1-ns1")).toMatchObject({ rejection });
  });

  test.each([["role"], ['["peerAddress"]'], ["*"], ["__judged"]])(
    "[U] tell the gate which link ignoreChanges of %s may keep",
    async (path) => {
      member({ ignoreChanges: [path] });
      line();
      await registrations();
      expect(inputsOf("links")).toMatchObject({ kept: [{ from: "web1", to: "ns1" }] });
    },
  );

  test("[U] tell the gate nothing about an ignored field that no rule reads", async () => {
    member({ ignoreChanges: ["token"] });
    line();
    await registrations();
    expect(inputsOf("links")).not.toHaveProperty("kept");
  });

  test("[U] do not wait for a token's privileges that come from another resource", async () => {
    const never = new Promise<string[]>(() => undefined);
    new ApiToken("token", { server: "ns1", acls: never }, { provider });
    member();
    line();
    await registrations();
    expect(inputsOf("links")).toBeDefined();
  });

  test("[U] include the defaults of a token", async () => {
    new ApiToken("token", { server: "ns1" }, { provider });
    await registrations();
    expect(inputsOf("token")).toMatchObject({ acls: ["clustering"], whitelistIps: [] });
  });
});
