import { startSimulator, type Simulator } from "../../provider/simulator";
import { programStart, singleProgram } from "../helpers/cluster-program";
import { webAndNameserver } from "../helpers/managed-servers";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { drawnTests } from "../helpers/sample";
import { allFiles, ns1Entry } from "../helpers/server-files";

jest.setTimeout(600_000);
const newProject = pulumiProjects();

const resources = (member: string, line: string): string => `
const token = new whm.ApiToken("t", { server: "ns1", users: ["web1"] }, { provider });
new whm.DnsClusterMember("${member}", { server: "web1", peer: "ns1", role: "sync", token: token.token }, { provider });
new whm.TrustedRemoteIp("${line}", { server: "web1", address: "192.0.2.11" }, { provider });
`;

describe("resources that are renamed in the program without aliases", () => {
  let simulator: Simulator;
  let before: ReturnType<typeof allFiles>;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: webAndNameserver });
    before = allFiles(simulator);
  });
  afterEach(() => simulator.stop());

  const project = (program: string): Promise<PulumiProject> =>
    newProject({ program, secrets: { "whm:servers": JSON.stringify(simulator.servers) } });

  const expectAlive = (): void => {
    const web1 = simulator.files("web1");
    expect([web1.read(ns1Entry.role), web1.read("/etc/ips.remotedns")]).toEqual(["sync", "192.0.2.11\n"]);
  };

  const expectWhole = async (stack: PulumiProject): Promise<void> => {
    expectAlive();
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  };

  drawnTests(1, (test) => {
    test("[E] keep the link and the line on the servers, also when the old ones are deleted in a later run", async () => {
      const stack = await project(singleProgram(resources("a", "la")));
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      await stack.write({ "index.js": singleProgram(resources("b", "lb")) });
      const targets = ["--target", "**::b", "--target", "**::lb", "--target", "**TopologyGate::links"];
      // The engine makes the new ones, and ends with 1 as it leaves out the deletion of the old ones.
      const partly = await stack.up("--skip-preview", ...targets);
      expect(partly.stdout).toContain("2 created");
      expectAlive();
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      await expectWhole(stack);
    });

    test("[E] keep the link and the line on the servers when the new ones have another provider resource", async () => {
      const stack = await project(singleProgram(resources("a", "la")));
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      const other = singleProgram(resources("b", "lb")).replace(
        'new whm.Provider("whm"',
        'new whm.Provider("other"',
      );
      await stack.write({ "index.js": other });
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      await expectWhole(stack);
    });

    test("[E] can be the parts of a cluster, and nothing is left under either name", async () => {
      const cluster = (name: string): string => `${programStart}
new whm.DnsCluster("${name}", { links: [{ from: "web1", to: "ns1", role: "sync" }] });
`;
      const stack = await project(cluster("one"));
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      await stack.write({ "index.js": cluster("two") });
      expect(await stack.up()).toMatchObject({ code: 0 });
      await expectWhole(stack);
    });

    test("[E] keep the link and the line on the servers when replaceOnChanges replaces them under one name", async () => {
      const member = (role: string): string => `
const token = new whm.ApiToken("t", { server: "ns1", users: ["web1"] }, { provider });
new whm.DnsClusterMember("m", { server: "web1", peer: "ns1", role: "${role}", token: token.token }, { provider, replaceOnChanges: ["role"] });
new whm.TrustedRemoteIp("l", { server: "web1", address: "192.0.2.11" }, { provider });
`;
      const stack = await project(singleProgram(member("write-only")));
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      await stack.write({ "index.js": singleProgram(member("sync")) });
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      await expectWhole(stack);
    });
  });
});
