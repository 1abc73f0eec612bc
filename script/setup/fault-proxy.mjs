import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "../shared/lock.mjs";
import { cacheFolder, root } from "../shared/paths.mjs";
import { progress } from "../shared/progress.mjs";
import { swapFolder } from "../shared/swap-folder.mjs";
import { buildProgram } from "./engine/build-program.mjs";
import { goVersion } from "./engine/go-version.mjs";

const toxiproxy = {
  folder: join(root, "tools", "toxiproxy"),
  program: "toxiproxy-server",
  package: "github.com/Shopify/toxiproxy/v2/cmd/server",
};

/**
 * Finds the proxy that breaks connections in tests: in the cache, or built from the Go module proxy. Where neither can
 * be, one line says so, and the tests that need it are skipped.
 *
 * @returns {Promise<string | undefined>} the folder to put on PATH
 */
export async function findFaultProxy() {
  const place = join(cacheFolder, `toxiproxy-v${await version()}`);
  if (await isIn(place)) return place;
  if (!(await goVersion())) {
    console.log("Toxiproxy is not there, nor Go to build it: tests of broken connections are skipped.");
    return undefined;
  }
  return withLock("toxiproxy", async () => {
    if (!(await isIn(place))) await buildIn(place);
    return place;
  });
}

async function buildIn(place) {
  const fresh = await mkdtemp(join(cacheFolder, "build-"));
  const shown = progress("Building Toxiproxy with Go, once, in less than a minute");
  try {
    await buildProgram(toxiproxy, { target: join(fresh, toxiproxy.program), shown, linkerFlags: "-s -w" });
    await swapFolder(fresh, place);
    shown.end(`done, kept in ${place}`);
  } catch (error) {
    shown.end("failed");
    throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Its version, said once: in the go.mod of tools/toxiproxy. */
async function version() {
  const text = await readFile(join(toxiproxy.folder, "go.mod"), "utf8");
  const [, found] = /github\.com\/Shopify\/toxiproxy\/v2 v([\d.]+)/.exec(text) ?? [];
  if (!found) throw new Error("tools/toxiproxy/go.mod requires no version of Toxiproxy");
  return found;
}

function isIn(place) {
  return stat(join(place, toxiproxy.program)).then(
    () => true,
    () => false,
  );
}
