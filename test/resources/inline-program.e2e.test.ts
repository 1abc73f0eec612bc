import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram, singleProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { runInline } from "../helpers/run-inline";
import { allFiles, writes } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(120_000);

const mistakeAfterLinks = singleProgram(`
const opts = { provider };
const token = new whm.ApiToken("ns1-for-web1", { server: "ns1", users: ["web1"] }, opts);
new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: token.token }, opts);
new whm.DnsClusterMember("web1-ns2", { server: "web1", peer: "ns2", role: "synk", token: token.token }, opts);`);

describe("a program inside another process, with the Automation API", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  const project = (program: string) =>
    newProject({ program, secrets: { "whm:servers": JSON.stringify(simulator.servers) } });

  test("[E] previews, creates and destroys a cluster in one process and leaves the servers as they were", async () => {
    const before = allFiles(simulator);
    const stack = await project(clusterProgram());
    expect(await runInline(stack, { name: "preview" }, { name: "up" })).toMatchObject({ code: 0 });
    expect(writes(simulator)).not.toEqual([]);
    expect(await runInline(stack, { name: "destroy" })).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });

  test("[E] writes nothing if one of its declarations has a mistake, even what was declared before it", async () => {
    const rejected = await runInline(await project(mistakeAfterLinks), { name: "up" });
    expect(rejected.code).toBe(1);
    expect(rejected.stdout).toContain("The cluster member web1-ns2 is malformed");
    expect(writes(simulator)).toEqual([]);
  });
});
