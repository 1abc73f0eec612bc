import { rename, writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../../provider/simulator";
import { AdoptedCluster } from "../../helpers/adopted-cluster";
import { allFiles, writes } from "../../helpers/server-files";

jest.setTimeout(300_000);

const singles = `
import * as whm from "pulumi-whm";
for (const [ns, address] of [["ns1", "192.0.2.11"], ["ns2", "192.0.2.12"]] as const) {
  const token = new whm.ApiToken(ns, { server: ns, users: ["web1"], whitelistIps: ["192.0.2.10"] });
  new whm.DnsClusterMember(ns, { server: "web1", peer: ns, role: "sync", token: token.token });
  new whm.TrustedRemoteIp(ns, { server: "web1", address });
}
`;

describe("a stack whose links are declared one by one", () => {
  let simulator: Simulator;
  let cluster: AdoptedCluster;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } },
    });
    cluster = await AdoptedCluster.in(simulator);
  });
  afterEach(async () => {
    await cluster.remove();
    await simulator.stop();
  });

  test("[E] becomes a DnsCluster in the same stack, and is gone after destroy", async () => {
    const before = allFiles(simulator);
    await mkdir(cluster.folder);
    await writeFile(join(cluster.folder, "Pulumi.yaml"), "name: dns\nruntime: nodejs\n");
    await writeFile(join(cluster.folder, "index.ts"), singles);
    expect(await cluster.pulumi("stack", "select", "--create")).toMatchObject({ code: 0 });
    await cluster.setServers(simulator);
    expect(await cluster.pulumi("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    const links = allFiles(simulator);
    simulator.clearJournal();

    // The steps of docs/adopting.md.
    expect(await cluster.pulumi("state", "delete", "--all", "--yes")).toMatchObject({ code: 0 });
    await rename(join(cluster.folder, "index.ts"), join(cluster.folder, "before.ts"));
    const adopt = ["adopt", "--out", cluster.folder, "--stack", "dev"];
    const adopted = await cluster.whmDns(...adopt, "--owned");
    expect(adopted).toMatchObject({ code: 0, stderr: "" });
    expect(adopted.stdout).not.toContain("Left alone");
    expect(allFiles(simulator)).toEqual(links);
    expect(writes(simulator)).toEqual([]);
    expect(await cluster.whmDns(...adopt, "--claim")).toMatchObject({ code: 0, stderr: "" });
    for (const flags of [[], ["--refresh"]])
      expect(await cluster.pulumi("preview", "--expect-no-changes", ...flags)).toMatchObject({ code: 0 });

    expect(await cluster.pulumi("destroy", "--yes")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });
});
