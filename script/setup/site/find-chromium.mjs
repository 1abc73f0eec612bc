import { join } from "node:path";
import { isThere } from "../../shared/is-there.mjs";
import { run } from "../../shared/run.mjs";
import { librariesIn, unpackedPackages } from "../debian-packages.mjs";

const name = "chromium-headless-shell";

/** Where Debian keeps it, below `/` or below the folder that its packages are unpacked in. */
const place = "usr/lib/chromium/chromium-headless-shell";

/**
 * Chromium without windows: the one that is installed, else Debian's packages unpacked in the cache. Nothing is installed.
 *
 * @returns {Promise<{ program: string, libraries: string } | undefined>} the program, and the folders of its libraries;
 *   nothing where it is not to be had
 */
export async function findChromium() {
  if (await isComplete("/")) return { program: join("/", place), libraries: "" };
  const folder = await unpackedPackages({ name, title: name, packages: [name], isComplete });
  if (folder === undefined) return undefined;
  const found = { program: join(folder, place), libraries: await librariesIn(folder) };
  return (await canRun(found)) ? found : undefined;
}

function isComplete(folder) {
  return isThere(join(folder, place));
}

/** Where a library is missing or does not fit, it cannot even tell its version. */
async function canRun({ program, libraries }) {
  const { code } = await run(program, ["--version"], { env: { LD_LIBRARY_PATH: libraries } });
  return code === 0;
}
