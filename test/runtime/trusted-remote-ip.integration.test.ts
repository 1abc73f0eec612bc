import { startSimulator, type Simulator } from "../../provider/simulator";
import { ProviderProcess } from "../helpers/provider-process";
const file = "/etc/ips.remotedns";

describe("the trusted address, over the provider process's gRPC", () => {
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

  test("[I] many at once are all written, one line each", async () => {
    const addresses = Array.from({ length: 20 }, (_, index) => `192.0.2.${100 + index}`);
    await Promise.all(addresses.map((address) => provider.create("TrustedRemoteIp", { server: "web1", address })));
    expect(simulator.files("web1").read(file)!.trim().split("\n").sort()).toEqual(addresses.sort());
  });
});
