import { join } from "node:path";
import { isThere } from "../shared/is-there.mjs";
import { withLock } from "../shared/lock.mjs";
import { madeBeside } from "../shared/made-beside.mjs";
import { cacheFolder } from "../shared/paths.mjs";
import { progress } from "../shared/progress.mjs";
import { run } from "../shared/run.mjs";

/** Milliseconds. Without a network npm tries for long. */
const longest = 240_000;

/**
 * A package of npm in a folder of its own in the cache, fetched once. Its install scripts do not run.
 *
 * @param {{ name: string, version: string, keep?: string }} wanted an exact version; `keep` is what the folder is called
 * @returns {Promise<string | undefined>} the package's folder; nothing where it is not to be had
 */
export async function fromNpm({ name, version, keep = name }) {
  const place = join(cacheFolder, `${keep}-${version}`);
  const folder = join(place, "node_modules", name);
  if (!(await isThere(folder))) {
    await withLock(`${keep}-${version}`, async () => {
      if (!(await isThere(folder))) await fetchTo(place, { name, version });
    });
  }
  return (await isThere(folder)) ? folder : undefined;
}

async function fetchTo(place, { name, version }) {
  const shown = progress(`Fetching ${name} ${version} from npm, once`);
  const done = await madeBeside(place, async (fresh) => {
    const flags = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", fresh];
    const { code } = await run("npm", ["install", ...flags, `${name}@${version}`], { timeout: longest });
    return code === 0 ? fresh : undefined;
  });
  shown.end(done ? "done" : "not to be had here");
}
