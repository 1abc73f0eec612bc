import { Failure } from "../shared/failure.mjs";
import { root } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";

/** Runs npm without a network. One that fails is a failure of the release. */
export async function npm(...words) {
  const { code, stdout, stderr } = await run("npm", [...words, "--offline"], { cwd: root });
  if (code === 0) return stdout;
  throw new Failure(`Failed to run npm ${words[0]}.`, stderr, "Correct it, then release again.");
}
