import * as whm from "../../provider";
import { mockEngine, registrations, type MockedResource } from "../helpers/mocked-engine";

const connection = { host: "192.0.2.1", password: "x", insecureSkipHostKeyCheck: true };
const servers = {
  web1: { type: "cpanel", address: "192.0.2.10", connection },
  ns1: { type: "dnsonly", address: "192.0.2.53", connection },
} as const;
const links = [{ from: "web1", to: "ns1", role: "sync" } as const];
const choices = {
  risks: { limits: { share: 0.5 }, severities: { "stronger-role": "error" } },
  allow: [{ risk: "many-changes", reason: "move", until: "2027-01-31" }],
} as const;

describe("the choices about risks", () => {
  let registered: MockedResource[];
  beforeEach(() => {
    registered = mockEngine();
  });
  afterEach(registrations);

  async function gate(): Promise<Record<string, unknown>> {
    await registrations();
    return registered.find(({ type }) => type.endsWith("TopologyGate"))!.inputs;
  }

  test("[U] of a cluster reach its gate beside the topology, which stays as it is without them", async () => {
    const cluster = new whm.DnsCluster("prod", { servers, links, ...choices, allow: [...choices.allow] });
    const inputs = await gate();
    expect(inputs).toMatchObject(choices);
    expect(Object.keys(inputs["topology"] as object)).not.toContain("allow");
    expect(cluster.topology).not.toHaveProperty("risks");
  });

  test("[U] of a provider reach the gate of the links declared one by one", async () => {
    const provider = new whm.Provider("whm", { servers, ...choices, allow: [...choices.allow] });
    const token = new whm.ApiToken("token", { server: "ns1", whitelistIps: ["192.0.2.10"] }, { provider });
    new whm.TrustedRemoteIp("ip", { server: "web1", address: "192.0.2.53" }, { provider });
    new whm.DnsClusterMember(
      "link",
      { server: "web1", peer: "ns1", role: "sync", token: token.token },
      { provider },
    );
    expect(await gate()).toMatchObject(choices);
  });

  test("[U] leave no key in the state where none are made", async () => {
    new whm.DnsCluster("prod", { servers, links });
    const inputs = await gate();
    expect(inputs).not.toHaveProperty("risks");
    expect(inputs).not.toHaveProperty("allow");
  });

  test.each([
    ["a cluster", (allow: whm.Allowance[]) => new whm.DnsCluster("prod", { servers, links, allow })],
    ["a provider", (allow: whm.Allowance[]) => new whm.Provider("whm", { servers, allow })],
  ])("[U] are refused with the field and what was expected: %s", (_name, make) => {
    expect(() => make([{ risk: "blast" as never, reason: "" }])).toThrow(
      /allow\[0\]\.risk: must be one of many-changes.*\n {2}allow\[0\]\.reason: must not be empty/s,
    );
  });
});
