import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileProblem } from "./file-problem";

/**
 * Writes a file that nobody but its owner can read, in one step: whoever waits for it finds all of it. What is no plain
 * file, such as a pipe, is written to as it is.
 *
 * @throws UsageError when it cannot be written
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
