import { join } from "node:path";
import { isThere } from "../../shared/is-there.mjs";
import { unpackedPackages } from "../debian-packages.mjs";

/** Where Debian keeps it, below the folder that the package is unpacked in. */
const parts = ["usr/bin/sudo", "usr/libexec/sudo/sudoers.so"];

/**
 * sudo, from Debian's package unpacked in the cache. Nothing is installed.
 *
 * @returns {Promise<string | undefined>} the folder that it is unpacked in; nothing where it is not to be had
 */
export function findSudo() {
  return unpackedPackages({ name: "sudo", title: "sudo", packages: ["sudo"], isComplete });
}

async function isComplete(folder) {
  const there = await Promise.all(parts.map((part) => isThere(join(folder, part))));
  return there.every(Boolean);
}
