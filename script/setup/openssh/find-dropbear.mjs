import { run } from "../../shared/run.mjs";
import { installedOrUnpacked } from "../debian-packages.mjs";

/**
 * Dropbear, a small SSH server without SFTP that is common on routers and rescue systems.
 *
 * @returns {Promise<{ dropbear: string, libraries: string } | undefined>} the program and the folders of its libraries;
 *   nothing where it is not to be had
 */
export function findDropbear() {
  const places = { dropbear: "usr/sbin/dropbear" };
  const name = "dropbear-bin";
  return installedOrUnpacked({ name: "dropbear", title: name, packages: [name], places, canRun });
}

async function canRun({ dropbear, libraries }) {
  const { stdout, stderr } = await run(dropbear, ["-V"], { env: { LD_LIBRARY_PATH: libraries } });
  return /Dropbear v/.test(stdout + stderr);
}
