import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cacheFolder } from "./paths.mjs";

const pollEvery = 250;
/** A folder that old without an owner in it was left by a process that was killed between the two steps. */
const ownerAppearsWithin = 10_000;

/**
 * Runs an action while no other process of this user runs one under the same name. Two set-ups in one clone would
 * delete node_modules under each other's feet, and two engine builds at once take twice as long for nothing.
 */
export async function withLock(name, action) {
  const folder = join(cacheFolder, "locks", name);
  await mkdir(join(cacheFolder, "locks"), { recursive: true });
  let announced = false;
  while (!(await take(folder))) {
    if (await isAbandoned(folder)) await discard(folder);
    else await pause(pollEvery);
    if (!announced) console.log(`Waiting for another process that is busy with the same (${folder})`);
    announced = true;
  }
  try {
    return await action();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(folder) {
  try {
    await mkdir(folder);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  await writeFile(join(folder, "owner"), String(process.pid));
  return true;
}

async function isAbandoned(folder) {
  const owner = Number(await readFile(join(folder, "owner"), "utf8").catch(() => 0));
  if (owner > 0) return !isAlive(owner);
  const made = await stat(folder).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > ownerAppearsWithin;
}

function isAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Renaming first lets exactly one of several waiting processes throw the lock away. */
async function discard(folder) {
  const aside = `${folder}.abandoned-${process.pid}`;
  await rename(folder, aside).catch(() => undefined);
  await rm(aside, { recursive: true, force: true });
}
