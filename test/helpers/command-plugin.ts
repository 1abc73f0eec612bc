import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/**
 * The folder with the plugin of `@pulumi/command`: on PATH, or beside the work tree. It downloads itself where there is
 * internet, which tests do not use; without it they are skipped.
 */
export function commandPluginFolder(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const beside = resolve(__dirname, "..", "..", "..", "shared", "tools");
  return [...folders, beside].find((folder) => existsSync(join(folder, "pulumi-resource-command")));
}

/** The PATH with that folder; undefined, with a line that says so, where there is none. */
export function pathWithCommandPlugin(): string | undefined {
  const folder = commandPluginFolder();
  if (folder !== undefined) return [folder, process.env["PATH"]].join(delimiter);
  console.log("SKIP what runs @pulumi/command: its plugin is neither on PATH nor beside the work tree");
  return undefined;
}

/** The PATH without any folder that has it. */
export function pathWithoutCommandPlugin(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.filter((folder) => !existsSync(join(folder, "pulumi-resource-command"))).join(delimiter);
}
