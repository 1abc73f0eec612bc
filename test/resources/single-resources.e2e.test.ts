import { startSimulator, type Simulator } from "../../provider/simulator";
import { singleProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { allFiles, memberFile, writes } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(120_000);

const accepted = `
const token = new whm.ApiToken("ns1-for-web1", { server: "ns1", whitelistIps: ["192.0.2.10"], users: ["web1"] }, { provider });
new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: token.token }, { provider });
new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: "192.0.2.11" }, { provider });
`;

const feedBack = `
const back = new whm.ApiToken("web1-for-ns1", { server: "web1", whitelistIps: ["192.0.2.11"], users: ["ns1"] }, { provider });
new whm.DnsClusterMember("ns1-web1", { server: "ns1", peer: "web1", role: "sync", token: back.token }, { provider });
`;

describe("resources that are declared one by one, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  const project = (resources: string) =>
    newProject({
      program: singleProgram(resources),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });

  test("[E] create an accepted link and leave nothing behind", async () => {
    const before = allFiles(simulator);
    const stack = await project(accepted);
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(simulator.files("web1").read(`${memberFile("192.0.2.11")}-dnsrole`)).toBe("sync");
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.destroy()).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });

  test("[E] use the servers of the stack's configuration without an explicit provider", async () => {
    const stack = await project(accepted.replaceAll(", { provider }", ""));
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(simulator.files("web1").read(`${memberFile("192.0.2.11")}-dnsrole`)).toBe("sync");
  });

  test("[E] hold back a cluster until they are judged, and it is not created if they are rejected", async () => {
    const cluster = `
      const servers = JSON.parse(pulumi.runtime.getConfig("whm:servers"));
      new whm.DnsCluster("prod", { servers, links: [{ from: "web1", to: "ns1", role: "sync" }] });
      setTimeout(() => { ${feedBack} }, 500);`;
    const stack = await project(cluster);
    const rejected = await stack.up("--skip-preview");
    expect(rejected.code).not.toBe(0);
    expect(rejected.stdout + rejected.stderr).toContain("[sync-back]");
    expect(writes(simulator)).toEqual([]);
  });
});
