import { build } from "./build.mjs";
import { installDependencies } from "./dependencies.mjs";
import { findEngine } from "./engine/find-engine.mjs";
import { findFaultProxy } from "./fault-proxy.mjs";
import { checkNodeVersion } from "./node-version.mjs";

/**
 * Makes a fresh clone ready: packages, the compiled package, the Pulumi engine. Each part is left alone when it is
 * there already.
 *
 * @param {{ engine: boolean, faultProxy?: boolean }} needs whether the Pulumi engine is needed, and the proxy that breaks
 *   connections
 * @returns {Promise<{ engine?: { folder: string, version: string }, faultProxy?: string }>} where they are
 */
export async function setUp({ engine, faultProxy = false }) {
  await checkNodeVersion();
  await installDependencies();
  await build();
  return {
    engine: engine ? await findEngine() : undefined,
    faultProxy: faultProxy ? await findFaultProxy() : undefined,
  };
}
