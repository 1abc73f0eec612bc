import { LocalWorkspace, type UpOptions } from "@pulumi/pulumi/automation";
import type { PulumiProject } from "../helpers/pulumi";
import type { CommandResult } from "../helpers/run-command";

/** `up` of a program in a folder, as a tool runs it that uses the Automation API. */
export async function automationUp(
  { folder, environment }: PulumiProject,
  options: UpOptions,
): Promise<CommandResult> {
  const envVars = { ...environment, PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true" };
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "test", workDir: folder }, { envVars });
  try {
    const { stdout, stderr } = await stack.up({ color: "never", ...options });
    return { code: 0, stdout, stderr };
  } catch (error) {
    return { code: 1, stdout: "", stderr: (error as Error).message };
  }
}
