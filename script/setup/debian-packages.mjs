import { mkdir, readdir } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { isThere } from "../shared/is-there.mjs";
import { withLock } from "../shared/lock.mjs";
import { madeBeside } from "../shared/made-beside.mjs";
import { cacheFolder } from "../shared/paths.mjs";
import { progress } from "../shared/progress.mjs";
import { run } from "../shared/run.mjs";
import { downloadOfRelease } from "./debian-release.mjs";

/** Milliseconds. Without a network apt-get tries for long. */
const longest = 120_000;

/**
 * Debian's packages unpacked in the cache, together with the libraries that this machine lacks. Nothing is installed.
 *
 * @param {{ name: string, title: string, packages: string[], isComplete: (folder: string) => Promise<boolean>,
 *   release?: string, finish?: (folder: string) => Promise<void> }} wanted
 *   the folder's name, what is shown, the packages, and whether all that is needed of them is below a folder; the release of
 *   Debian, else this machine's; what is added to the folder before it is complete
 * @returns {Promise<string | undefined>} the folder that stands for `/`; nothing where it is not to be had
 */
export async function unpackedPackages(wanted) {
  const folder = join(cacheFolder, wanted.name);
  if (!(await wanted.isComplete(folder))) await withLock(wanted.name, () => unpack(wanted, folder));
  return (await wanted.isComplete(folder)) ? folder : undefined;
}

/**
 * Programs: those that are installed, else Debian's packages unpacked in the cache. Nothing is installed.
 *
 * @param {{ name: string, title: string, packages: string[], places: Record<string, string>, canRun: (found: object) => Promise<boolean> }} wanted
 *   the folder's name, what is shown, the packages, where each place is below `/`, and whether what was unpacked runs: where a
 *   library is missing or does not fit, a program cannot even tell its version
 * @returns {Promise<object | undefined>} the places, and the folders of their libraries as `libraries`; nothing where they are
 *   not to be had
 */
export async function installedOrUnpacked({ places, canRun, ...wanted }) {
  const placesIn = (folder) =>
    Object.fromEntries(Object.entries(places).map(([name, place]) => [name, join(folder, place)]));
  const isComplete = async (folder) =>
    (await Promise.all(Object.values(placesIn(folder)).map(isThere))).every(Boolean);
  if (await isComplete("/")) return { ...placesIn("/"), libraries: "" };
  const folder = await unpackedPackages({ ...wanted, isComplete });
  if (folder === undefined) return undefined;
  const found = { ...placesIn(folder), libraries: await librariesIn(folder) };
  return (await canRun(found)) ? found : undefined;
}

/** The folders of the libraries that were unpacked with them, as LD_LIBRARY_PATH takes them. */
export async function librariesIn(folder) {
  const below = ["usr/lib", "lib"].map((name) => join(folder, name));
  const found = await Promise.all(below.map((place) => readdir(place, { recursive: true }).catch(() => [])));
  const files = below.flatMap((place, index) => found[index].map((name) => join(place, name)));
  const folders = files.filter((file) => /\/lib[^/]+\.so(?:\.\d+)*$/.test(file)).map(dirname);
  return [...new Set(folders)].join(delimiter);
}

async function unpack({ title, packages, isComplete, release, finish }, folder) {
  if (await isComplete(folder)) return; // The process that held the lock has done it.
  const shown = progress(`Unpacking Debian's ${title}, once`);
  const done = await madeBeside(folder, async (work) => {
    const unpacked = join(work, "root");
    const isThere = release
      ? await downloadOfRelease(work, release, packages, apt)
      : await download(work, packages, shown);
    if (!isThere || !(await extract(work))) return undefined;
    await finish?.(unpacked);
    return (await isComplete(unpacked)) ? unpacked : undefined;
  });
  shown.end(done ? "done" : "not to be had here");
}

/** Downloads packages of this machine's release and the libraries that it lacks. */
async function download(work, packages, shown) {
  shown.now("reading the package lists");
  await apt(work, ["update"]); // Old lists may do; the download tells.
  shown.now("downloading");
  await mkdir(join(work, "partial"));
  const place = ["-o", `Dir::Cache::archives=${work}`, "-o", "Debug::NoLocking=1"];
  const libraries = ["install", "--yes", "--no-install-recommends", "--download-only", ...place];
  if (!(await apt(work, ["download", ...(await withTheirParts(packages))]))) return false;
  return apt(work, [...libraries, ...packages]);
}

async function extract(work) {
  for (const file of (await readdir(work)).filter((each) => each.endsWith(".deb"))) {
    const { code } = await run("dpkg-deb", ["--extract", file, "root"], { cwd: work });
    if (code !== 0) return false;
  }
  return true;
}

/**
 * The packages, and those that they depend on whose names begin the same: they are needed here also where they are installed
 * already, which apt-get leaves out.
 */
async function withTheirParts(packages) {
  const kinds = ["recommends", "suggests", "conflicts", "breaks", "replaces", "enhances"];
  const words = ["depends", "--recurse", ...kinds.map((kind) => `--no-${kind}`)];
  const { stdout } = await run("apt-cache", [...words, ...packages]);
  const names = stdout.split("\n").filter((line) => packages.some((name) => line.startsWith(name)));
  return [...new Set([...packages, ...names])];
}

async function apt(work, words) {
  const { code } = await run("apt-get", words, { cwd: work, timeout: longest });
  return code === 0;
}
