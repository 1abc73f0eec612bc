import { join } from "node:path";
import { isThere } from "../../shared/is-there.mjs";
import { librariesIn, unpackedPackages } from "../debian-packages.mjs";

const names = ["tcsh", "fish", "zsh"];

/**
 * Shells that read a command line in their own way, from Debian's packages unpacked in the cache. Nothing is installed.
 *
 * @returns {Promise<{ folder: string, libraries: string } | undefined>} the folder that stands for `/`, and the folders of
 *   their libraries in it; nothing where they are not to be had
 */
export async function findShells() {
  const title = "tcsh, fish and zsh";
  const folder = await unpackedPackages({ name: "shells", title, packages: names, isComplete });
  return folder && { folder, libraries: await librariesIn(folder) };
}

/** Releases differ in which of the two folders a shell is in. */
async function isComplete(folder) {
  const isIn = async (name) =>
    (await isThere(join(folder, "bin", name))) || isThere(join(folder, "usr/bin", name));
  return (await Promise.all(names.map(isIn))).every(Boolean);
}
