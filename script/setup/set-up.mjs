import { build } from "./build.mjs";
import { installDependencies } from "./dependencies.mjs";
import { findEngine } from "./engine/find-engine.mjs";
import { checkNodeVersion } from "./node-version.mjs";

/**
 * Makes a fresh clone ready: packages, the compiled package, the Pulumi engine. Each part is left alone when it is
 * there already.
 *
 * @param {{ engine: boolean }} needs whether the Pulumi engine is needed
 * @returns {Promise<{ engine?: { folder: string, version: string } }>} where it is
 */
export async function setUp({ engine }) {
  await checkNodeVersion();
  await installDependencies();
  await build();
  return { engine: engine ? await findEngine() : undefined };
}
