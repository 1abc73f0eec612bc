import { startSimulator, type Simulator } from "../../provider/simulator";
import { ProviderProcess } from "../helpers/provider-process";

const clusterDirectory = "/var/cpanel/cluster/root/config";
const memberFile = `${clusterDirectory}/192.0.2.11`;

describe("the cluster member, over the provider process's gRPC", () => {
  let simulator: Simulator;
  let provider: ProviderProcess;

  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
    provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(simulator.servers) });
  });
  afterEach(async () => {
    await provider.stop();
    await simulator.stop();
  });

  async function token(): Promise<string> {
    const made = await provider.create("ApiToken", { server: "ns1", logicalName: "p/s/ns1-for-web1", whitelistIps: ["192.0.2.10"], users: ["web1"] });
    return made.properties["token"] as string;
  }
  async function inputs(more = {}) {
    return { server: "web1", peer: "ns1", role: "sync", token: await token(), peerAddress: "192.0.2.11", peerHostname: "ns1.example.com", ...more };
  }

  test("[I] create writes both files and the flag, and probes from the server's own address", async () => {
    const before = simulator.files("web1").snapshot();
    const news = await inputs();
    const made = await provider.create("DnsClusterMember", news);
    expect(made.id).toBe("web1/192.0.2.11");
    expect(simulator.files("web1").read(memberFile)).toContain(`pass=${news.token}\n`);
    expect(simulator.files("web1").read(`${memberFile}-dnsrole`)).toBe("sync");
    expect(simulator.files("web1").read("/var/cpanel/useclusteringdns")).toBe("");
    await provider.delete(made);
    const after = simulator.files("web1").snapshot();
    delete after["/var/cpanel/useclusteringdns"];
    expect(after).toEqual(before);
    expect(provider.printed()).toBe("");
  });
});
