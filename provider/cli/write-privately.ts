import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileProblem } from "./file-problem";

/**
 * Writes a file in one step that only its owner can read: whoever waits for it finds all of it. Anything but a plain
 * file, such as a pipe, is written to directly.
 *
 * @throws UsageError when it can't be written
 */
export async function writePrivately(path: string, text: string): Promise<void> {
  try {
    const target = await realpath(path).catch(() => path);
    const found = await stat(target).catch(() => undefined);
    if (found && !found.isFile()) await writeFile(target, text);
    else await replace(target, text);
  } catch (error) {
    throw fileProblem("write", path, error);
  }
}

async function replace(target: string, text: string): Promise<void> {
  const fresh = join(dirname(target), `.${basename(target)}.${process.pid}`);
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: "wx" });
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
