import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { webAndNameserver } from "../helpers/managed-servers";
import { pulumiProjects } from "../helpers/pulumi";
import { allFiles, ns1Entry, writes } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

const status = "/var/cpanel/clusterqueue/status/192.0.2.11";

describe("a member that WHM has switched off after many failures, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: webAndNameserver });
  });
  afterEach(() => simulator.stop());

  test("[E] is shown with its count, stays off while its peer is silent, and is then switched on as WHM's button does", async () => {
    const before = allFiles(simulator);
    const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
    const stack = await newProject({ program: clusterProgram(), secrets });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    const web1 = simulator.files("web1");
    web1.write(status, "11100");
    web1.write(ns1Entry.down, "");
    const preview = await stack.preview("--refresh", "--expect-no-changes", "--diff");
    expect(preview.code).not.toBe(0);
    expect(preview.stdout).toMatch(/\+ disabled *: "11100: 2 of 5 calls failed"/);
    expect(await stack.refresh("--skip-preview")).toMatchObject({ code: 0 });

    simulator.fault("ns1", "refuse", { door: "api" });
    const silent = allFiles(simulator);
    simulator.clearJournal();
    const refusals = [
      [[], /192\.0\.2\.11 port 2087 on web1: the connection was refused \[unreachable\]\. [A-Z]/],
      [["--refresh"], /on ns1: .*\[unreachable\]\. [A-Z]/],
    ] as const;
    for (const [flags, says] of refusals) {
      const refused = await stack.up("--skip-preview", ...flags);
      expect(refused.code).not.toBe(0);
      expect(refused.stdout + refused.stderr).toMatch(says);
    }
    expect(writes(simulator)).toEqual([]);
    expect(allFiles(simulator)).toEqual(silent);

    simulator.clearFaults();
    const up = await stack.up("--skip-preview", "--refresh");
    expect([up.code, up.stdout + up.stderr]).toEqual([0, expect.any(String)]);
    expect(up.stdout).toContain("WHM on web1 had switched off ns1");
    expect(up.stdout).toContain("run /usr/local/cpanel/scripts/dnscluster syncall on web1");
    expect([web1.read(status), web1.read(ns1Entry.down)]).toEqual(["1", undefined]);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    // What WHM keeps of a member's calls stays, as it does when WHM removes the member.
    expect(allFiles(simulator)).toEqual({ ...before, web1: { ...before["web1"], [status]: "1" } });
  });
});
