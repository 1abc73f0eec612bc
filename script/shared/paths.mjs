import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The work tree. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What outlives a clone: the engine. PULUMI_WHM_CACHE overrides it; XDG_CACHE_HOME is respected. */
export const cacheFolder = resolve(
  process.env.PULUMI_WHM_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-whm"),
);

/** What belongs to this clone and may be deleted at any time. It lies in node_modules, so nothing looks into it. */
export const scratchFolder = join(root, "node_modules", ".cache", "pulumi-whm");

/** A command of a development dependency. */
export function tool(name) {
  return join(root, "node_modules", ".bin", name);
}
