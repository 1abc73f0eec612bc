import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { swapFolder } from "./swap-folder.mjs";

/**
 * Makes a folder beside its place and puts it there when it is whole. Call it under a lock of that place: what a set-up that
 * was ended has left there is removed first.
 *
 * @param {string} place where the folder belongs
 * @param {(fresh: string) => Promise<string | undefined>} make fills an empty folder, and gives what of it belongs in the
 *   place; nothing when it could not be made
 * @returns {Promise<boolean>} whether it is in its place now
 */
export async function madeBeside(place, make) {
  const [parent, prefix] = [dirname(place), `${basename(place)}-unfinished-`];
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true });
  }
  const fresh = await mkdtemp(join(parent, prefix));
  try {
    const whole = await make(fresh);
    if (whole !== undefined) await swapFolder(whole, place);
    return whole !== undefined;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
