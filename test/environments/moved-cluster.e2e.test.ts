import { startSimulator, type Simulator } from "../../provider/simulator";
import { programStart } from "../helpers/cluster-program";
import { pictureOf } from "../helpers/picture";
import { pulumiProjects } from "../helpers/pulumi";
import { runCommand } from "../helpers/run-command";
import { writes } from "../helpers/server-files";

jest.setTimeout(300_000);
const newProject = pulumiProjects();

/** The clusters that stand in the stack's configuration: servers of each by its name. */
const program = `
${programStart}
const { Config } = require("@pulumi/pulumi/config");
const servers = configured;
const provider = new whm.Provider("whm", { servers });
for (const name of new Config("clusters").requireObject("webServers")) {
  new whm.DnsCluster(name, { links: [{ from: name, to: "ns1", role: "sync" }] }, { provider });
}
`;

describe("a cluster that moves to its own stack", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: { london: { type: "cpanel" }, paris: { type: "cpanel" }, ns1: { type: "dnsonly" } },
    });
  });
  afterEach(() => simulator.stop());

  test("[E] moves in the state only: neither stack has changes, and destroying one leaves the other", async () => {
    const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
    const of = (...names: string[]) => ({
      config: { "clusters:webServers": JSON.stringify(names) },
      secrets,
    });
    const before = pictureOf(simulator);
    const all = await newProject({ program, stack: "all", ...of("london", "paris") });
    expect(await all.up("--skip-preview")).toMatchObject({ code: 0 });
    const { london } = pictureOf(simulator);

    const own = await all.newStack("own", of("paris"));
    const { urn } = (await all.exportStack()).find((each) =>
      each.urn.endsWith("whm:index:DnsCluster::paris"),
    )!;
    const words = ["state", "move", "--source", "all", "--dest", "own", "--yes", urn];
    const moved = await runCommand("pulumi", words, all);
    expect(moved).toMatchObject({ code: 0 });
    await all.setConfig("clusters:webServers", JSON.stringify(["london"]));
    simulator.clearJournal();
    for (const stack of [all, own]) {
      const up = await stack.up("--skip-preview");
      expect(up).toMatchObject({ code: 0 });
      expect(up.stdout).not.toMatch(/deleted|replaced|updated|created/);
    }
    expect(writes(simulator)).toEqual([]);

    expect(await own.destroy("--skip-preview")).toMatchObject({ code: 0 });
    const { ns1, ...rest } = pictureOf(simulator);
    expect(rest).toEqual({ london, paris: before["paris"] });
    expect(Object.values(ns1!).join("\n")).toContain("ns1-for-london");
    expect(Object.values(ns1!).join("\n")).not.toContain("ns1-for-paris");
  });
});
