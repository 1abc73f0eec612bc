import { askSetUp } from "../helpers/ask-set-up";

interface Installers {
  /** Folder of `node` by major version. */
  node: Record<string, string | null>;
  /** The words that start pnpm, by major version. */
  pnpm: Record<string, string[] | null>;
}

/** Where other versions of Node and pnpm are; what is not in the cache yet is fetched. */
export function findInstallers(): Installers {
  return askSetUp("find-installers.mjs") as Installers;
}
