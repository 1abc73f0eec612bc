import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { root } from "../shared/paths.mjs";
import { isAtLeast } from "../shared/version.mjs";

/** Stops early, with a sentence, where later steps would stop with a syntax error. */
export async function checkNodeVersion() {
  const { engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const needed = engines.node.replace(">=", "");
  const present = process.versions.node;
  if (isAtLeast(present, needed)) return;
  throw new Failure(
    `Node ${needed} or later is needed; this is Node ${present}.`,
    "",
    "Install a newer Node.",
  );
}
