import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandResult } from "../helpers/run-command";
import { passphrase } from "./made-repository";
import { roleFile, shownSecrets, testbedFor, withNs3 } from "./testbed";

// The commands of "The reviewed plan is the plan that is applied" in docs/gitops.md.

jest.setTimeout(240_000);

describe("a saved plan", () => {
  const testbed = testbedFor("token-of-nobody");

  const pulumi = (words: string): Promise<CommandResult> =>
    testbed.repository.script(
      `npm ci --ignore-scripts\npulumi ${words} --non-interactive`,
      ["-eo", "pipefail"],
      {
        PULUMI_BACKEND_URL: testbed.repository.backend,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_EXPERIMENTAL: "true",
        WHM_SSH_KEY: testbed.key,
      },
    );
  const up = "up --stack production --yes --plan plan.json";

  test("[E] holds no secret, refuses a program that has changed since, and is applied as it is", async () => {
    const saved = await pulumi("preview --stack production --diff --save-plan plan.json");
    expect(saved).toMatchObject({ code: 0 });
    const plan = readFileSync(join(testbed.repository.folder, "plan.json"), "utf8");
    expect(shownSecrets(testbed, plan)).toEqual([]);

    await testbed.repository.change(withNs3);
    const refused = await pulumi(up);
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(/violates plan|by the plan/);
    expect(testbed.simulator.files("ns3").read("/var/cpanel/.pulumi-whm/server.json")).toBeUndefined();

    await testbed.repository.git("checkout", "--quiet", "cluster.yaml");
    const applied = await pulumi(up);
    expect({ ...applied }).toMatchObject({ code: 0 });
    expect(testbed.simulator.files("web1").read(roleFile)).toBe("sync");
  });
});
