import { startSimulator, type Simulator } from "../../provider/simulator";
import { pulumiProjects } from "../helpers/pulumi";

const newProject = pulumiProjects();
jest.setTimeout(180_000);

/** The four resources, one by one; `more` is added at the end of the program. */
const program = (more: string) => `
const pulumi = require("@pulumi/pulumi");
const whm = require("pulumi-whm");
const provider = new whm.Provider("whm", { servers: JSON.parse(pulumi.runtime.getConfig("whm:servers")) });
const token = new whm.ApiToken("ns1-for-web1", { server: "ns1", whitelistIps: ["192.0.2.10"], users: ["web1"] }, { provider });
new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: token.token }, { provider });
new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: "192.0.2.11" }, { provider });
${more}
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

  const project = (more: string) =>
    newProject({ program: program(more), secrets: { "whm:servers": JSON.stringify(simulator.servers) } });
  const writes = () => simulator.journal().filter((entry) => entry.write);

  test("[E] an accepted link is made", async () => {
    const accepted = await project("");
    const t = Date.now();
    const up = await accepted.up("--skip-preview");

    expect(up.code).toBe(0);
    expect(simulator.files("web1").read("/var/cpanel/cluster/root/config/192.0.2.11-dnsrole")).toBe("sync");
  });

  test.each([
    ["declared last", feedBack],
    ["declared by a timer", `setTimeout(() => { ${feedBack} }, 1500);`],
    ["declared after an await", `(async () => { await new Promise((resolve) => setTimeout(resolve, 700)); ${feedBack} })();`],
    ["declared in the apply of an ungated output", `provider.id.apply(() => { ${feedBack} });`],
  ])("[E] a link back to the web server, %s, stops everything", async (_how, more) => {
    const rejected = await project(more);
    const preview = await rejected.preview();

    expect(preview.code).toBe(1);
    expect(preview.stdout + preview.stderr).toContain("via: sync-back");
    const up = await rejected.up("--skip-preview");

    expect(up.code).not.toBe(0);
    expect(writes().filter((w)=>w.target.includes("cluster") || w.target.includes("ips"))).toEqual([]);
    expect(writes()).toEqual([]);
  });
});
