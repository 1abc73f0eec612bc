import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cacheFolder } from "./paths.mjs";

const pollEvery = 250;

/**
 * Runs an action while no other process of this user runs one under the same name. Two set-ups in one clone would
 * delete node_modules under each other's feet, and two engine builds at once take twice as long for nothing.
 */
export async function withLock(name, action) {
  const folder = join(cacheFolder, "locks");
  const file = join(folder, `${name}.lock`);
  const owner = `${process.pid} ${randomUUID()}`;
  await mkdir(folder, { recursive: true });
  let announced = false;
  while (!(await take(file, owner))) {
    if (!announced) console.log(`Waiting for another process that is busy with the same (${file})`);
    announced = true;
    await pause(pollEvery);
  }
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

/** One attempt. */
async function take(file, owner) {
  if (await make(file, owner)) return true;
  const found = await textOf(file);
  return found !== undefined && hasEnded(found) && (await follow(file, found, owner));
}

/** With its owner in it from the first moment on. */
async function make(file, owner) {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, owner);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Puts a lock in place of one that an ended process has left. Only one can make the file that is named after that owner;
 * whoever comes late finds another lock there. One that ends on the way is followed in the same manner.
 */
async function follow(file, found, owner) {
  const place = `${file}.after-${found.replaceAll(" ", "-")}`;
  if (!(await take(place, owner))) return false;
  if ((await textOf(file)) === found) await rename(place, file);
  else await rm(place, { force: true });
  return (await textOf(file)) === owner;
}

async function textOf(file) {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function hasEnded(owner) {
  try {
    process.kill(Number.parseInt(owner, 10), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
