import { createRequire } from "node:module";
import { refuse } from "../program/program-error";

type CommandPackage = typeof import("@pulumi/command");

/**
 * Loads `@pulumi/command` where a cluster uses it. Whoever doesn't use it need not install it: its mere presence makes Pulumi
 * download a plugin.
 */
export function commandPackage(cluster: string): CommandPackage {
  const load = createRequire(__filename);
  try {
    return load("@pulumi/command") as CommandPackage;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    return refuse(
      `syncAfterChange of the cluster ${cluster} runs through @pulumi/command, which is not installed. Install it in the ` +
        "program's folder, npm install @pulumi/command, or leave syncAfterChange out.",
    );
  }
}
