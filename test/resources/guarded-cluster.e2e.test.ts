import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { webAndNameserver } from "../helpers/managed-servers";
import { pulumiProjects } from "../helpers/pulumi";
import { allFiles } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(400_000);

describe("a guarded cluster, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: webAndNameserver });
  });
  afterEach(() => simulator.stop());

  test("[E] is not deleted in any way until its guard is off, and nothing of it is gone before", async () => {
    const before = allFiles(simulator);
    const stack = await newProject({
      program: clusterProgram("{ guardDestroy: true }"),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    const made = allFiles(simulator);

    const member = ["--target", "**::prod-web1-ns1"];
    const ways = [
      () => stack.destroy("--skip-preview"),
      () => stack.destroy("--skip-preview", "--continue-on-error"),
      () => stack.destroy("--skip-preview", ...member, "--target-dependents"),
      async () => {
        await stack.write({ "index.js": "" });
        return stack.up("--skip-preview");
      },
    ];
    for (const way of ways) {
      const { code, stdout, stderr } = await way();
      expect(code).not.toBe(0);
      expect(stdout + stderr).toContain("guarded by guardDestroy, so nothing of it is deleted");
      expect(allFiles(simulator)).toEqual(made);
    }
    // Without `--target-dependents` the engine refuses it itself; without the proof it leaves everything that the proof needs.
    expect((await stack.destroy("--skip-preview", ...member)).code).not.toBe(0);
    expect(await stack.destroy("--skip-preview", "--exclude", "**ClusterProof::prod")).toMatchObject({
      code: 0,
    });
    expect(allFiles(simulator)).toEqual(made);

    await stack.write({ "index.js": clusterProgram("{ guardDestroy: false }") });
    const off = await stack.up("--skip-preview");
    expect(off).toMatchObject({ code: 0 });
    const destroyed = await stack.destroy("--skip-preview");
    expect(destroyed).toMatchObject({ code: 0 });
    expect(destroyed.stdout).toContain(
      "The cluster prod is taken down: 1 link (web1 -> ns1). Left without a nameserver: web1.",
    );
    expect(allFiles(simulator)).toEqual(before);
  });
});
