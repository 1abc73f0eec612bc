import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../shared/paths.mjs";
import { progress } from "../../shared/progress.mjs";
import { run } from "../../shared/run.mjs";
import { swapFolder } from "../../shared/swap-folder.mjs";
import { engineIn } from "./engine-in.mjs";
import { enginePlaces } from "./engine-places.mjs";
import { goVersion } from "./go-version.mjs";

// Building takes minutes: a slow download is given up early where that is possible, and waited for where it is not.
const patienceWithGo = 60_000;
const patienceWithoutGo = 600_000;

/** Downloads the official engine the way Pulumi's own Automation API does it; nothing when it cannot be had. */
export async function downloadOfficial() {
  const { version, downloaded } = await enginePlaces();
  const shown = progress(`Downloading the Pulumi engine ${version}`);
  const fresh = await mkdtemp(join(cacheFolder, "download-"));
  try {
    const script = fileURLToPath(new URL("install-official.mjs", import.meta.url));
    const timeout = (await goVersion()) ? patienceWithGo : patienceWithoutGo;
    const result = await run(process.execPath, [script, version, fresh], { timeout });
    const works = result.code === 0 && (await engineIn(join(fresh, "bin"))) !== undefined;
    shown.end(works ? "done" : "not to be had from here");
    if (!works) return undefined;
    await swapFolder(fresh, downloaded.root);
    return engineIn(downloaded.bin);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
