import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { webAndNameserver } from "../helpers/managed-servers";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { whm } from "../simulator/helpers/https-client";
import { sampleOf } from "../helpers/sample";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

describe("a changed credential in a project that always refreshes", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: webAndNameserver });
  });
  afterEach(() => simulator.stop());

  /** Every server gets another token for the provider and refuses the old one. */
  async function changeTokens(stack: PulumiProject): Promise<void> {
    for (const [name, server] of Object.entries(simulator.servers)) {
      const made = await whm(server, "api_token_create", { token_name: "new-access" });
      const changed = { ...server, api: { ...server.api!, token: made.data?.token as string } };
      await whm(changed, "api_token_revoke", { token_name: "provider-access" });
      simulator.servers[name] = changed;
    }
    await stack.setSecret("whm:servers", JSON.stringify(simulator.servers));
  }

  async function stackWithChangedTokens(): Promise<PulumiProject> {
    const stack = await newProject({
      program: clusterProgram(),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    const project = { name: "whm-test", runtime: "nodejs", options: { refresh: "always" } };
    await stack.write({ "Pulumi.yaml": JSON.stringify(project) });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    await changeTokens(stack);
    return stack;
  }

  test("[E] is stored in the state by up --refresh=false, as the refusal advises", async () => {
    const stack = await stackWithChangedTokens();
    for (const refused of [await stack.refresh("--skip-preview"), await stack.up("--skip-preview")]) {
      expect(refused.code).not.toBe(0);
      const printed = refused.stdout + refused.stderr;
      expect(printed).toContain("[refused-credential]");
      expect(printed).toContain("run `pulumi up --refresh=false` once, or add --run-program to");
    }
    expect(await stack.up("--skip-preview", "--refresh=false")).toMatchObject({ code: 0 });
    expect(await stack.refresh("--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
  });

  test.each(
    sampleOf(
      [
        ["refresh", ["refresh", "--yes", "--skip-preview", "--run-program"]],
        ["up", ["up", "--yes", "--skip-preview", "--run-program"]],
        ["destroy", ["destroy", "--yes", "--skip-preview", "--run-program", "--refresh=false"]],
      ],
      1,
    ),
  )("[E] is used by %s --run-program at once, as the refusal advises", async (_command, args) => {
    const stack = await stackWithChangedTokens();
    expect(await stack.run(args)).toMatchObject({ code: 0 });
  });
});
