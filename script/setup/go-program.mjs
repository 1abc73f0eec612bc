import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isThere } from "../shared/is-there.mjs";
import { withLock } from "../shared/lock.mjs";
import { madeBeside } from "../shared/made-beside.mjs";
import { cacheFolder, root } from "../shared/paths.mjs";
import { progress } from "../shared/progress.mjs";
import { buildProgram } from "./engine/build-program.mjs";
import { goVersion } from "./engine/go-version.mjs";

/**
 * Finds a program that a test needs: in the cache, or built from the Go module proxy. Where there is no Go, one line says
 * so, and the tests that need it are skipped; a build that fails is an error.
 *
 * @param {{ name: string, title: string, program: string, module: string, package: string, without: string }} wanted
 *   its folder in tools/ and in the cache, what people call it, the file, the Go module with the version, the package in
 *   it, and what is skipped without it
 * @returns {Promise<string | undefined>} the folder to put on PATH
 */
export async function findGoProgram(wanted) {
  const place = join(cacheFolder, `${wanted.name}-v${await versionOf(wanted)}`);
  if (await isThere(join(place, wanted.program))) return place;
  if (!(await goVersion())) {
    console.log(`${wanted.title} is not there, nor Go to build it: ${wanted.without} are skipped.`);
    return undefined;
  }
  return withLock(wanted.name, async () => {
    if (!(await isThere(join(place, wanted.program)))) await buildIn(place, wanted);
    return place;
  });
}

async function buildIn(place, { name, title, program, package: path }) {
  const shown = progress(`Building ${title} with Go, once, in a minute or two`);
  const module = { folder: folderOf(name), program, package: path };
  try {
    await madeBeside(place, async (fresh) => {
      await buildProgram(module, { target: join(fresh, program), shown, linkerFlags: "-s -w" });
      return fresh;
    });
    shown.end(`done, kept in ${place}`);
  } catch (error) {
    shown.end("failed");
    throw error;
  }
}

/** Its version, said once: in its go.mod. */
async function versionOf({ name, title, module }) {
  const text = await readFile(join(folderOf(name), "go.mod"), "utf8");
  const line = text.split("\n").find((each) => each.includes(`${module} v`));
  const [, found] = / v([\d.]+)/.exec(line ?? "") ?? [];
  if (!found) throw new Error(`tools/${name}/go.mod requires no version of ${title}`);
  return found;
}

function folderOf(name) {
  return join(root, "tools", name);
}
