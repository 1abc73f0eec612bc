import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

// Mutation testing runs the tests a few thousand times, and what takes time is loading the same modules for each file.
// So each group of tests is one file here, which loads the files of the group.

const folder = join(__dirname, "..");

/** Makes the tests of several files tests of this one. */
export function loadTests(wanted: (name: string) => boolean): void {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.sort()) {
    if (!file.endsWith(".test.ts") || !wanted(basename(file, ".test.ts"))) continue;
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(join(folder, file));
  }
}
