import { readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Lists the files in a folder and in all folders below it.
 *
 * @param {string} folder
 * @returns {Promise<string[]>} their paths, which begin with that of the folder
 */
export async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
