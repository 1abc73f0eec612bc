import { access, rm } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "../shared/lock.mjs";
import { cacheFolder } from "../shared/paths.mjs";
import { progress } from "../shared/progress.mjs";
import { run } from "../shared/run.mjs";

/** The version that is compared. */
const version = "2.19.14";

/**
 * Ansible in a virtual environment of Python, made once and kept in the cache.
 *
 * @returns {Promise<string | undefined>} `ansible-playbook`; nothing where it is not to be had
 */
export async function findAnsible() {
  const folder = join(cacheFolder, `ansible-${version}`);
  const program = join(folder, "bin", "ansible-playbook");
  if (!(await isThere(program))) await withLock("ansible", () => install(folder, program));
  return (await isThere(program)) ? program : undefined;
}

/** A virtual environment cannot be moved: what was made by half is removed. */
async function install(folder, program) {
  if (await isThere(program)) return; // The process that held the lock has done it.
  const shown = progress(`Installing Ansible ${version} into a virtual environment, once`);
  const made = await run("python3", ["-m", "venv", "--clear", folder]);
  const pip = ["install", "--quiet", `ansible-core==${version}`];
  const installed = made.code === 0 ? await run(join(folder, "bin", "pip"), pip) : made;
  if (installed.code !== 0) await rm(folder, { recursive: true, force: true });
  shown.end(installed.code === 0 ? "done" : "not to be had here");
}

function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
