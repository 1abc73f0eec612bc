import { access, constants } from "node:fs/promises";
import { delimiter, join, sep } from "node:path";
import { cacheFolder } from "../../shared/paths.mjs";
import { isAtLeast } from "../../shared/version.mjs";
import { versionOf } from "./engine-in.mjs";
import { modules, oldestVersion } from "./engine-places.mjs";

/** The engine that the user has on PATH, when it is complete and new enough. */
export async function onPath() {
  const folder = await folderOnPath(modules.cli.program);
  if (!folder || !(await folderOnPath(modules.languageHost.program))) return undefined;
  const version = await versionOf(join(folder, modules.cli.program));
  if (!version) return undefined;
  if (isAtLeast(version, oldestVersion)) return { folder, version };
  console.log(
    `Pulumi ${version} in ${folder} is too old (${oldestVersion} is needed); looking for another one`,
  );
  return undefined;
}

async function folderOnPath(program) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  // The cache's own engine may be on PATH too. It is found there, where it is also completed.
  for (const folder of folders.filter((each) => !each.startsWith(`${cacheFolder}${sep}`))) {
    if (await isExecutable(join(folder, program))) return folder;
  }
  return undefined;
}

function isExecutable(file) {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
