import { execFileSync } from "node:child_process";
import { join } from "node:path";

interface Installers {
  /** Folder of `node` by major version. */
  node: Record<string, string | null>;
  /** The words that start pnpm, by major version. */
  pnpm: Record<string, string[] | null>;
}

/** Where other versions of Node and pnpm are; what is not in the cache yet is fetched. */
export function findInstallers(): Installers {
  const script = join(__dirname, "../../script/setup/find-installers.mjs");
  const lines = execFileSync(process.execPath, [script], { encoding: "utf8" }).trim().split("\n");
  return JSON.parse(lines.at(-1)!) as Installers;
}
