import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Puts a finished folder in the place of another one, so that nobody ever sees half of it. */
export async function swapFolder(finished, place) {
  const aside = `${finished}.old`;
  await mkdir(dirname(place), { recursive: true });
  await rename(place, aside).catch(ignoreMissing);
  await rename(finished, place);
  await rm(aside, { recursive: true, force: true });
}

function ignoreMissing(error) {
  if (error.code !== "ENOENT") throw error;
}
