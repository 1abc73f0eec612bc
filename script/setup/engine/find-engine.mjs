import { onPath } from "./on-path.mjs";
import { buildWithGo } from "./build-with-go.mjs";
import { downloadOfficial } from "./download-official.mjs";
import { enginePlaces } from "./engine-places.mjs";
import { engineIn } from "./engine-in.mjs";
import { completeBuiltEngine } from "./policy-host.mjs";
import { withLock } from "../../shared/lock.mjs";

/**
 * Finds the Pulumi engine: on PATH, in the cache, by the official download, or built from its sources.
 *
 * @returns {Promise<{ folder: string, version: string }>} the folder to put first on PATH
 */
export async function findEngine() {
  const present = (await onPath()) ?? (await inCache());
  if (present) return present;
  return withLock(
    "engine",
    async () => (await inCache()) ?? (await downloadOfficial()) ?? (await buildWithGo()),
  );
}

async function inCache() {
  const { downloaded, built } = await enginePlaces();
  const official = await engineIn(downloaded.bin);
  if (official) return official;
  const engine = await engineIn(built);
  if (engine) await completeBuiltEngine(built);
  return engine;
}
