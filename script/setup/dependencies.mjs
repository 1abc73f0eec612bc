import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { withLock } from "../shared/lock.mjs";
import { root } from "../shared/paths.mjs";
import { progress } from "../shared/progress.mjs";
import { run } from "../shared/run.mjs";
import { treeName } from "./tree-name.mjs";

/** Installs the packages of the lock file when node_modules does not hold exactly them. */
export async function installDependencies() {
  if (await areInstalled()) return;
  await withLock(`dependencies-${treeName}`, async () => {
    if (await areInstalled()) return; // The process that held the lock has done it.
    const shown = progress("Installing the packages of package-lock.json");
    // Install scripts stay off: @pulumi/command would download its plugin, which nothing here needs.
    const result = await npm("ci", "--ignore-scripts", "--no-audit", "--no-fund");
    shown.end(result.code === 0 ? "done" : "failed");
    if (result.code !== 0) throw failure(result);
  });
}

/**
 * npm keeps its own account of what it installed. Comparing contents, not times: a fresh checkout has the newest
 * files of all.
 */
async function areInstalled() {
  const wanted = await packagesOf(join(root, "package-lock.json"));
  const present = await packagesOf(join(root, "node_modules", ".package-lock.json"));
  return Object.entries(wanted)
    .filter(([path]) => path !== "")
    .every(([path, entry]) => isSame(entry, present[path]));
}

async function packagesOf(lockFile) {
  const text = await readFile(lockFile, "utf8").catch(() => "{}");
  return JSON.parse(text).packages ?? {};
}

/** Optional packages of other platforms are in the lock file and not on the disk. */
function isSame(wanted, present) {
  if (!present) return wanted.optional === true;
  return wanted.version === present.version && wanted.integrity === present.integrity;
}

function npm(...args) {
  const script = process.env.npm_execpath; // Set when npm itself started this process.
  const options = { cwd: root };
  return script ? run(process.execPath, [script, ...args], options) : run("npm", args, options);
}

function failure({ stderr }) {
  const wayOut =
    "Check the connection to the package registry that npm is configured for, then run the command again.";
  return new Failure("Failed to install the packages of package-lock.json with npm ci.", stderr, wayOut);
}
