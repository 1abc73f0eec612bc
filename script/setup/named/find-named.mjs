import { run } from "../../shared/run.mjs";
import { installedOrUnpacked } from "../debian-packages.mjs";

/**
 * BIND's nameserver, where Debian keeps it.
 *
 * @returns {Promise<{ named: string, libraries: string } | undefined>} the program and the folders of its libraries;
 *   nothing where it is not to be had
 */
export function findNamed() {
  const places = { named: "usr/sbin/named" };
  return installedOrUnpacked({ name: "named", title: "bind9", packages: ["bind9"], places, canRun });
}

async function canRun({ named, libraries }) {
  const { stdout } = await run(named, ["-v"], { env: { LD_LIBRARY_PATH: libraries } });
  return /BIND/.test(stdout);
}
