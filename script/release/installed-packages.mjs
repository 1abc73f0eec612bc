import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundledFolder } from "../setup/bundled-packages.mjs";
import { root } from "../shared/paths.mjs";

/**
 * The packages of the lock file that users install: what this one depends on, and so on, and what `dist/` carries. Optional peers
 * are theirs to choose.
 *
 * @returns {Promise<{ path: string, name: string, version: string }[]>}
 */
export async function installedPackages() {
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const reached = new Set(await bundledPaths());
  const waiting = neededBy("", packages, { withPeers: false });
  for (const path of waiting) {
    if (reached.has(path)) continue;
    reached.add(path);
    waiting.push(...neededBy(path, packages, { withPeers: true }));
  }
  return [...reached].sort().map((path) => ({ path, name: nameIn(path), version: packages[path].version }));
}

/** Paths of the packages of which the compiled package carries a part. */
async function bundledPaths() {
  const list = JSON.parse(await readFile(join(root, "dist", bundledFolder, "packages.json"), "utf8"));
  return list.map(({ name }) => `node_modules/${name}`);
}

/** Paths of what a package needs. Optional ones of other platforms are in the lock file as well. */
function neededBy(path, packages, { withPeers }) {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta = {} } = packages[path];
  const peers = Object.keys((withPeers && peerDependencies) || {});
  const names = [
    ...Object.keys({ ...dependencies, ...optionalDependencies }),
    ...peers.filter((name) => peerDependenciesMeta[name]?.optional !== true),
  ];
  return names.map((name) => placeOf(name, path, packages)).filter((place) => place !== undefined);
}

/** Where Node finds a package: in the folder of the one that asks, or in one around it. */
function placeOf(name, from, packages) {
  const place = join(from, "node_modules", name);
  if (place in packages) return place;
  return from === ""
    ? undefined
    : placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1)), packages);
}

function nameIn(path) {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}
