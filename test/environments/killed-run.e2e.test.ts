import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { killProcessesOf } from "../helpers/kill-processes";
import { webAndNameserver } from "../helpers/managed-servers";
import { pulumiProjects } from "../helpers/pulumi";
import { writes } from "../helpers/server-files";
import { storedTokens } from "../helpers/stored-tokens";
import { onLinux } from "../helpers/where";

jest.setTimeout(300_000);
const newProject = pulumiProjects();
// Processes are found through /proc.

describe("a run with every process killed", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: webAndNameserver });
  });
  afterEach(() => simulator.stop());

  onLinux("[E] keeps the stack locked until pulumi cancel, and the next run repairs it", async () => {
    const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
    const stack = await newProject({ program: clusterProgram(), secrets });
    const end = simulator.watch(({ operation }) => {
      if (operation === "api_token_create") killProcessesOf(stack);
    });
    expect((await stack.up("--skip-preview")).code).not.toBe(0);
    end();

    simulator.clearJournal();
    const refused = await stack.up("--skip-preview");
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stdout + refused.stderr).toContain("delete the lock file with `pulumi cancel`");
    expect(writes(simulator)).toEqual([]);

    expect(await stack.run(["cancel", "--yes"])).toMatchObject({ code: 0 });
    const up = await stack.up("--skip-preview");
    expect(up).toMatchObject({ code: 0 });
    expect(up.stdout).toContain("interrupted while creating");
    expect(storedTokens(simulator, "ns1")).toHaveLength(1);
    const flags = ["--clear-pending-creates", "--expect-no-changes", "--skip-preview"];
    expect(await stack.refresh(...flags)).toMatchObject({ code: 0 });
    expect((await stack.up("--skip-preview")).stdout).not.toContain("interrupted");
  });
});
