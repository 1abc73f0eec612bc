import { join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { root, tool } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";

const options = join(root, "script", "docs", "typedoc.json");

/**
 * Writes the API reference into a folder, from the doc comments of everything that the package exports. What stood in
 * the folder goes.
 *
 * @param {string} folder
 */
export async function writeApiPages(folder) {
  const result = await run(process.execPath, [tool("typedoc"), "--options", options, "--out", folder], {
    cwd: root,
    env: { NO_COLOR: "1" },
  });
  if (result.code === 0) return;
  throw new Failure(
    "Failed to make the API reference.",
    result.stdout + result.stderr,
    "Correct the doc comments or exports named above.",
  );
}
