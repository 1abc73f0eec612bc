import { access, readdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { failed, ok, type CheckResult } from "../../survey";

/** Programs that the engine starts: one runs a program in Node, the other one runs the resources of this package. */
const programs = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** Looks for the engine's programs for Node where the engine looks. */
export async function checkPlugins(): Promise<CheckResult> {
  const folders = await pluginFolders();
  const found = await Promise.all(programs.map((program) => isInOne(folders, program)));
  const missing = programs.filter((_program, at) => !found[at]);
  if (missing.length === 0) return ok(programs.join(", "));
  return failed(
    `${missing.join(" and ")} can't be found: not beside pulumi, on PATH, or in node_modules/@pulumi/pulumi`,
    "Install Pulumi's command line with everything that its archive holds: https://www.pulumi.com/docs/install/. " +
      "In the program's folder, run `npm install @pulumi/pulumi`.",
  );
}

async function pluginFolders(): Promise<string[]> {
  const onPath = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const besidePulumi = await Promise.all(
    onPath.map((folder) => realpath(join(folder, "pulumi")).then(dirname, () => folder)),
  );
  const store = join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
  const installed = await readdir(store).catch(() => []);
  return [
    ...new Set([...onPath, ...besidePulumi]),
    ...packageFolders(process.cwd()),
    ...installed.map((name) => join(store, name)),
  ];
}

/** Lists where Node looks for the SDK, from a folder upwards. */
function packageFolders(from: string): string[] {
  const above = resolve(from, "..");
  const here = join(from, "node_modules", "@pulumi", "pulumi");
  return above === from ? [here] : [here, ...packageFolders(above)];
}

async function isInOne(folders: readonly string[], program: string): Promise<boolean> {
  const found = await Promise.all(
    folders.map((folder) =>
      access(join(folder, program)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
