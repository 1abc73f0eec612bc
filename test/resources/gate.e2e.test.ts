import { startSimulator, type Simulator } from "../../provider/simulator";
import { singleProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { drawnTests } from "../helpers/sample";
import { memberFile, writes } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

const functions = `
const link = (from, to, address) => {
  const token = new whm.ApiToken(to + "-for-" + from, { server: to, whitelistIps: [address], users: [from] }, { provider });
  new whm.DnsClusterMember(from + "-" + to, { server: from, peer: to, role: "sync", token: token.token }, { provider });
};
const trust = (server, address) => new whm.TrustedRemoteIp(server + "-" + address, { server, address }, { provider });
`;
const first = 'link("web1", "ns1", "192.0.2.10"); trust("web1", "192.0.2.11");';
const second = 'link("web1", "ns2", "192.0.2.10"); trust("web1", "192.0.2.12");';
const back = 'link("ns1", "web1", "192.0.2.11");';

describe("the gate of links declared one by one, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } },
    });
  });
  afterEach(() => simulator.stop());

  const program = (text: string) => singleProgram(functions + text);
  const project = (text: string) =>
    newProject({ program: program(text), secrets: { "whm:servers": JSON.stringify(simulator.servers) } });

  test("[E] stops a new link if --target leaves the gate out, and lets it pass if the gate is a target", async () => {
    const stack = await project(first);
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    await stack.write({ "index.js": program(first + second) });
    simulator.clearJournal();
    const parts = ["--target", "**web1-ns2", "--target", "**ns2-for-web1"];
    const passed = await stack.up("--skip-preview", ...parts);
    expect(passed.code).not.toBe(0);
    const [, urn] = /target it too: --target (\S+)/.exec(passed.stdout + passed.stderr) ?? [];
    expect(urn).toContain("TopologyGate::links");
    expect(writes(simulator)).toEqual([]);

    expect(await stack.up("--skip-preview", ...parts, "--target", urn!)).toMatchObject({ code: 0 });
    expect(simulator.files("web1").read(`${memberFile("192.0.2.12")}-dnsrole`)).toBe("sync");
  });

  drawnTests(1, (test) => {
    test("[E] has no changes when the same links come in another order", async () => {
      const stack = await project(first + second);
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      await stack.write({ "index.js": program(second + first) });
      expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
    });

    test("[E] makes no link of a program that fails later, because a bad link may follow", async () => {
      const stack = await project(`${first}\nundefined.address;\n${back}`);
      const failed = await stack.up("--skip-preview");
      expect(failed.code).not.toBe(0);
      expect(failed.stdout + failed.stderr).toContain("Cannot read properties of undefined");
      expect(writes(simulator)).toEqual([]);
    });

    test("[E] judges links from the apply of a slow resource together with the others", async () => {
      const slow = `
const slow = new (class extends pulumi.dynamic.Resource {})(
  { create: async () => { await new Promise((done) => setTimeout(done, 25000)); return { id: "slow", outs: {} }; } }, "slow", {});
slow.id.apply(() => { ${back} });`;
      const stack = await project(first + slow);
      const rejected = await stack.up("--skip-preview");
      const printed = rejected.stdout + rejected.stderr;
      expect(rejected.code).not.toBe(0);
      expect(printed).toContain("[sync-back]");
      expect(printed).not.toContain("keeps something open");
      expect(writes(simulator)).toEqual([]);
    });

    test("[E] judges a program that keeps a server open after a while, with a warning", async () => {
      const stack = await project(
        `${first}\n${back}\nrequire("node:http").createServer().listen(0, "127.0.0.1");`,
      );
      const rejected = await stack.preview();
      expect(rejected.code).not.toBe(0);
      expect(rejected.stdout + rejected.stderr).toContain("keeps something open");
      expect(rejected.stdout + rejected.stderr).toContain("[sync-back]");
    });
  });
});
