import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isThere } from "../shared/is-there.mjs";
import { withLock } from "../shared/lock.mjs";
import { cacheFolder } from "../shared/paths.mjs";
import { progress } from "../shared/progress.mjs";
import { run } from "../shared/run.mjs";

/**
 * A program of Python in a virtual environment, made once and kept in the cache.
 *
 * @param {{ name: string, title: string, version: string, package: string, program: string }} wanted its folder in the
 *   cache, what people call it, its version, the package that holds it, and the file
 * @returns {Promise<string | undefined>} the program; nothing where it is not to be had
 */
export async function findPythonProgram(wanted) {
  const folder = join(cacheFolder, `${wanted.name}-${wanted.version}`);
  const program = join(folder, "bin", wanted.program);
  if (!(await isThere(program))) await withLock(wanted.name, () => install(wanted, folder, program));
  return (await isThere(program)) ? program : undefined;
}

/** A virtual environment cannot be moved: what was made by half is removed. */
async function install({ title, version, package: name }, folder, program) {
  if (await isThere(program)) return; // The process that held the lock has done it.
  const shown = progress(`Installing ${title} ${version} into a virtual environment, once`);
  const made = await run("python3", ["-m", "venv", "--clear", folder]);
  const pip = ["install", "--quiet", `${name}==${version}`];
  const installed = made.code === 0 ? await run(join(folder, "bin", "pip"), pip) : made;
  if (installed.code !== 0) await rm(folder, { recursive: true, force: true });
  shown.end(installed.code === 0 ? "done" : "not to be had here");
}
