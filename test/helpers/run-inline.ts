import { join, resolve } from "node:path";
import type { PulumiProject } from "./pulumi";
import { runCommand, type CommandResult } from "./run-command";

/** A method of the Automation API's `Stack`, and what it is given. */
export interface Operation {
  name: "preview" | "up" | "destroy";
  options?: Readonly<Record<string, unknown>>;
}

/** Runs the program in a project's folder inline, all operations in one process. */
export function runInline(
  { folder, environment }: PulumiProject,
  ...operations: Operation[]
): Promise<CommandResult> {
  return runCommand(process.execPath, [join(__dirname, "inline-program.mjs")], {
    folder: resolve(__dirname, "..", ".."),
    environment,
    input: JSON.stringify({ folder, environment, operations }),
  });
}
