import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { testbedFor, roleFile, shownSecrets, withLinkBack, withNs3 } from "./testbed";
import { readResources, type StackSpec } from "./files";
import { passphrase } from "./made-repository";

// What the operator does with a Stack, step by step and by the fields of the file: it fetches the branch, takes the
// environment from the Secret, chooses the stack, and runs `up` by the Automation API. Nothing is replaced but where the
// repository and the state are, and the values of the Secret.

jest.setTimeout(240_000);

const { spec } = readResources("stack.yaml").find(({ kind }) => kind === "Stack") as { spec: StackSpec };

describe("the Stack of the Kubernetes operator", () => {
  const testbed = testbedFor("nobody asks for it");

  /** The values of the Secret, filled in. */
  const secret = (): Record<string, string> => ({ passphrase, sshKey: testbed.key });

  async function workspace(name: string): Promise<Stack> {
    const folder = join(testbed.repository.temporary, name);
    const branch = ["--branch", spec.branch, "--depth", "1"];
    await testbed.repository.git(
      "clone",
      "--quiet",
      ...branch,
      `file://${testbed.repository.folder}`,
      folder,
    );
    await symlink(testbed.repository.environment["STAND_IN_NODE_MODULES"]!, join(folder, "node_modules"));
    const values = secret();
    const given = Object.entries(spec.envRefs).map(([variable, reference]) => [
      variable,
      values[reference.secret.key],
    ]);
    const envVars = {
      ...testbed.repository.environment,
      ...(Object.fromEntries(given) as Record<string, string>),
      PULUMI_BACKEND_URL: testbed.repository.backend,
    };
    return LocalWorkspace.selectStack({ stackName: spec.stack, workDir: folder }, { envVars });
  }

  /** What a look at the branch, or the time for the next look, makes the operator do. */
  async function reconcile(name: string): Promise<string> {
    const stack = await workspace(name);
    const { stdout, stderr } = await stack.up({ refresh: spec.refresh, diff: true, suppressProgress: true });
    return stdout + stderr;
  }

  test("[E] applies a merge and repairs manual changes on the servers", async () => {
    const made = await reconcile("first");
    expect(testbed.simulator.files("web1").read(roleFile)).toBe("sync");

    testbed.simulator.files("web1").write(roleFile, "standalone");
    await testbed.repository.change(withNs3);
    await testbed.repository.commit("a new nameserver");
    const repaired = await reconcile("second");
    expect(testbed.simulator.files("web1").read(roleFile)).toBe("sync");
    expect(testbed.simulator.files("web1").read(roleFile.replace("53", "55"))).toBe("sync");
    expect(shownSecrets(testbed, made, repaired)).toEqual([]);
  });

  test("[E] changes nothing for a branch that the rules reject, even if nobody has previewed it", async () => {
    await testbed.repository.change(withLinkBack);
    await testbed.repository.commit("a link back");
    const written = () => testbed.simulator.journal().filter(({ write }) => write).length;
    const before = written();
    await expect(reconcile("third")).rejects.toThrow(/sync-back/);
    expect(written()).toBe(before);
  });
});
