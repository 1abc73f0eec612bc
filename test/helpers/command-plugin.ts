import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const program = "pulumi-resource-command";

/**
 * The PATH with `@pulumi/command`'s plugin, which lies beside the work tree where it cannot be downloaded; undefined, with
 * a line that says so, where it is not to be had.
 */
export function pathWithCommandPlugin(): string | undefined {
  const path = process.env["PATH"] ?? "";
  const folders = [
    ...path.split(delimiter),
    resolve(__dirname, "../../../shared/tools"),
    "/work/shared/tools",
  ];
  const folder = folders.find((each) => existsSync(join(each, program)));
  if (folder !== undefined) return [folder, path].join(delimiter);
  console.log(`SKIP what runs @pulumi/command: ${program} is neither on PATH nor in ../shared/tools`);
  return undefined;
}
