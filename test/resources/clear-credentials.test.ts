import * as pulumi from "@pulumi/pulumi";
import * as whm from "../../provider";
import { mockEngine, registrations, type MockedResource } from "../helpers/mocked-engine";

const connection = { host: "web1", password: "hunter2" };
const servers = {
  web1: { type: "cpanel", address: "192.0.2.10", connection },
  ns1: { type: "dnsonly", address: "192.0.2.53", connection },
} as const;
const links = [{ from: "web1", to: "ns1", role: "sync" } as const];

describe("the configuration whm:servers", () => {
  let warnings: string[];
  let registered: MockedResource[];
  beforeEach(() => {
    registered = mockEngine();
    warnings = [];
    jest.spyOn(pulumi.log, "warn").mockImplementation((text) => (warnings.push(text), Promise.resolve()));
  });
  afterEach(async () => {
    await registrations();
    pulumi.runtime.setAllConfig({});
    delete process.env["PULUMI_WHM_STRICT"];
    jest.restoreAllMocks();
  });

  const configure = (value: object, secret = false): void =>
    pulumi.runtime.setAllConfig({ "whm:servers": JSON.stringify(value) }, secret ? ["whm:servers"] : []);
  const held = /whm:servers holds a credential and is not secret: .* in Pulumi\.\w+\.yaml and in the state/;

  test("[U] with a credential in clear is warned of once, with the command that mends it", async () => {
    configure(servers);
    new whm.DnsCluster("prod", { links });
    await registrations();
    expect(warnings.filter((text) => held.test(text))).toHaveLength(1);
    expect(warnings.join()).toMatch(
      /`pulumi config get whm:servers --stack \w+ \| pulumi config set --secret /,
    );
    expect(warnings.join()).not.toContain("hunter2");
  });

  test("[U] with a credential in clear rejects the program with PULUMI_WHM_STRICT=1", async () => {
    process.env["PULUMI_WHM_STRICT"] = "1";
    configure(servers);
    new whm.DnsCluster("prod", { servers, links });
    await registrations();
    const gate = registered.find(({ type }) => type.endsWith("TopologyGate"));
    expect(gate?.inputs["rejection"]).toMatch(held);
  });

  test.each<[string, () => void]>([
    ["is secret", () => configure(servers, true)],
    ["holds no credential", () => configure({ web1: { type: "cpanel" }, ns1: { type: "dnsonly" } })],
    ["is not set", () => pulumi.runtime.setAllConfig({})],
  ])("[U] is not warned of if it %s", async (_case, set) => {
    set();
    new whm.DnsCluster("prod", { servers, links });
    await registrations();
    expect(warnings.filter((text) => held.test(text))).toEqual([]);
  });
});
