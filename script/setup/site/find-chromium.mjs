import { run } from "../../shared/run.mjs";
import { installedOrUnpacked } from "../debian-packages.mjs";

const name = "chromium-headless-shell";

/**
 * Chromium without windows, where Debian keeps it.
 *
 * @returns {Promise<{ program: string, libraries: string } | undefined>} the program, and the folders of its libraries;
 *   nothing where it is not to be had
 */
export function findChromium() {
  const places = { program: "usr/lib/chromium/chromium-headless-shell" };
  return installedOrUnpacked({ name, title: name, packages: [name], places, canRun });
}

async function canRun({ program, libraries }) {
  const { code } = await run(program, ["--version"], { env: { LD_LIBRARY_PATH: libraries } });
  return code === 0;
}
