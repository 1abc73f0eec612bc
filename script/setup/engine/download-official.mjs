import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { madeBeside } from "../../shared/made-beside.mjs";
import { progress } from "../../shared/progress.mjs";
import { run } from "../../shared/run.mjs";
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
  const works = await madeBeside(downloaded.root, async (fresh) => {
    const script = fileURLToPath(new URL("install-official.mjs", import.meta.url));
    const timeout = (await goVersion()) ? patienceWithGo : patienceWithoutGo;
    const { code } = await run(process.execPath, [script, version, fresh], { timeout });
    return code === 0 && (await engineIn(join(fresh, "bin"))) ? fresh : undefined;
  });
  shown.end(works ? "done" : "not to be had from here");
  return works ? engineIn(downloaded.bin) : undefined;
}
