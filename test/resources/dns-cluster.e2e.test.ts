import { startSimulator, type Simulator } from "../../provider/simulator";
import { pulumiProjects } from "../helpers/pulumi";

const newProject = pulumiProjects();
jest.setTimeout(180_000);

const program = `
const pulumi = require("@pulumi/pulumi");
const whm = require("pulumi-whm");
const servers = new pulumi.Config("whm").requireSecretObject("servers");
const all = JSON.parse(pulumi.runtime.getConfig("whm:servers"));
const { web1, ...nameservers } = all;
const cluster = new whm.DnsCluster("prod", whm.directLinks({ webServers: { web1 }, nameservers }));
exports.shape = cluster.shape;
exports.drawing = whm.renderTopology(cluster.topology, "text");
`;

describe("a cluster of one web server and two nameservers, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  test("[E] comes up, stays, and goes", async () => {
    const before = simulator.files("web1").snapshot();
    const project = await newProject({ program, secrets: { "whm:servers": JSON.stringify(simulator.servers) } });
    const up = await project.up();
    console.log(up.stdout, up.stderr);
    const again = await project.preview("--refresh", "--diff", "--expect-no-changes");
    console.log("AGAIN", again.code, again.stdout, again.stderr);
    const ref = await project.run(["refresh", "--preview-only", "--expect-no-changes", "--diff"]);
    console.log("REFRESH", ref.code, ref.stdout, ref.stderr);
    simulator.files("web1").write("/var/cpanel/cluster/root/config/192.0.2.11-dnsrole", "standalone");
    simulator.files("web1").write("/etc/ips.remotedns", simulator.files("web1").read("/etc/ips.remotedns")!.replace("192.0.2.12\n", ""));
    const drift = await project.preview("--refresh", "--diff", "--expect-no-changes");
    console.log("DRIFT", drift.code, drift.stdout, drift.stderr);
    const repair = await project.up("--refresh");
    console.log("REPAIR", repair.code, repair.stdout, repair.stderr);
    const state = await project.run(["stack", "export"]);
    require("fs").writeFileSync("/tmp/state.json", state.stdout);
    const destroy = await project.destroy();
    console.log("DESTROY", destroy.code, destroy.stdout, destroy.stderr);
    expect(simulator.files("web1").snapshot()).toEqual(before);
  });
});
