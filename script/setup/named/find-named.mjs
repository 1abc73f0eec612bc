import { join } from "node:path";
import { isThere } from "../../shared/is-there.mjs";
import { run } from "../../shared/run.mjs";
import { librariesIn, unpackedPackages } from "../debian-packages.mjs";

/** Where Debian keeps it, below `/` or below the folder that its packages are unpacked in. */
const place = "usr/sbin/named";

/**
 * BIND's nameserver: the one that is installed, else Debian's package unpacked in the cache. Nothing is installed.
 *
 * @returns {Promise<{ named: string, libraries: string } | undefined>} the program and the folders of its libraries;
 *   nothing where it is not to be had
 */
export async function findNamed() {
  if (await isComplete("/")) return { named: join("/", place), libraries: "" };
  const folder = await unpackedPackages({ name: "named", title: "bind9", packages: ["bind9"], isComplete });
  if (folder === undefined) return undefined;
  const found = { named: join(folder, place), libraries: await librariesIn(folder) };
  return (await canRun(found)) ? found : undefined;
}

/** Where a library is missing or does not fit, it cannot even tell its version. */
async function canRun({ named, libraries }) {
  const { stdout } = await run(named, ["-v"], { env: { LD_LIBRARY_PATH: libraries } });
  return /BIND/.test(stdout);
}

function isComplete(folder) {
  return isThere(join(folder, place));
}
