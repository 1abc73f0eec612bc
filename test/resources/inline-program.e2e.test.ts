import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { runCommand } from "../helpers/run-command";
import { allFiles, writes } from "../helpers/server-files";

jest.setTimeout(120_000);

const mistakeAfterLinks = `
const opts = { provider: new whm.Provider("whm", { servers }) };
const token = new whm.ApiToken("ns1-for-web1", { server: "ns1", users: ["web1"] }, opts);
new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: token.token }, opts);
new whm.DnsClusterMember("web1-ns2", { server: "web1", peer: "ns2", role: "synk", token: token.token }, opts);`;

describe("a program inside another process, through the Automation API", () => {
  let simulator: Simulator;
  let home: string;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), "pulumi-whm-inline-"));
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(async () => {
    await simulator.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const runInline = (program: string, ...operations: string[]) =>
    runCommand(process.execPath, ["test/helpers/run-inline.mjs"], {
      folder: join(__dirname, "..", ".."),
      environment: {},
      input: JSON.stringify({ home, servers: simulator.servers, program, operations }),
    });

  test("[E] preview, up and destroy of a cluster in one process leave the servers as they were", async () => {
    const before = allFiles(simulator);
    const cluster =
      'new whm.DnsCluster("prod", { servers, links: [{ from: "web1", to: "ns1", role: "sync" }] });';
    expect(await runInline(cluster, "preview", "up")).toMatchObject({ code: 0 });
    expect(writes(simulator)).not.toEqual([]);
    expect(await runInline(cluster, "destroy")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });

  test("[E] a mistake in one declaration stops what was declared before it, and nothing is written", async () => {
    const rejected = await runInline(mistakeAfterLinks, "up");
    expect(rejected.code).toBe(1);
    expect(rejected.stdout).toContain("The cluster member web1-ns2 is malformed");
    expect(writes(simulator)).toEqual([]);
  });
});
