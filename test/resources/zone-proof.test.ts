import * as whm from "../../provider";
import { mockEngine, registrations, type MockedResource } from "../helpers/mocked-engine";

const connection = { host: "192.0.2.1", password: "x", insecureSkipHostKeyCheck: true };
const servers = {
  web1: { type: "cpanel", address: "192.0.2.10", connection },
  ns1: { type: "dnsonly", address: "192.0.2.53", connection },
} as const;

describe("the proof of a cluster by zone", () => {
  let registered: MockedResource[];
  beforeEach(() => {
    registered = mockEngine();
  });
  afterEach(registrations);

  type Proof = NonNullable<whm.DnsClusterArgs["proof"]>;
  const make = (proof: Proof) =>
    new whm.DnsCluster("prod", { servers, links: [{ from: "web1", to: "ns1", role: "sync" }], proof });

  test.each<[Proof, object | undefined]>([
    [true, undefined],
    [false, undefined],
    ["zone", { within: 60, under: "invalid" }],
    [{ zone: {} }, { within: 60, under: "invalid" }],
    [{ zone: { within: 5, under: "example.com" } }, { within: 5, under: "example.com" }],
  ])("[U] proof: %j sends %j", async (proof, sent) => {
    make(proof);
    await registrations();
    const { inputs } = registered.find(({ type }) => type.endsWith("ClusterProof"))!;
    expect(inputs["zone"]).toEqual(sent);
    expect(inputs["writes"] === undefined).toBe(proof === false);
  });

  const forms = 'proof: must be true, false, "zone" or { zone: { within, under } }';
  test.each<[unknown, string]>([
    ["zones", forms],
    [1, forms],
    [{ zone: { within: 0 } }, "proof.zone.within: must be 1 to 600 seconds"],
    [{ zone: { within: 1.5 } }, forms],
    [{ zone: { under: "not a domain" } }, "proof.zone.under: must be a host name such as ns1.example.com"],
  ])("[U] proof: %j is refused with what may stand there", (proof, said) => {
    expect(() => make(proof as Proof)).toThrow(said);
  });
});
