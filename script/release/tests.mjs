import { Failure } from "../shared/failure.mjs";
import { root } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";

/** Runs `npm test`, as everybody does. It also builds what is packed. */
export async function requireGreenTests() {
  const { code } = await run("npm", ["test", "--silent"], { cwd: root, echo: true });
  if (code === 0) return;
  throw new Failure(
    "The tests failed, so nothing was released.",
    "",
    "Mend them, commit, and release again.",
  );
}
