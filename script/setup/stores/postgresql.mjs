import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isThere } from "../../shared/is-there.mjs";
import { run } from "../../shared/run.mjs";
import { librariesIn, unpackedPackages } from "../debian-packages.mjs";

const programs = ["initdb", "postgres", "psql"];

/** It refuses to run as root: it is told that root is nobody, and what it makes belongs to root all the same. */
const unprivileged =
  process.getuid?.() === 0 ? ["unshare", "--user", "--map-user=65534", "--map-group=65534"] : [];

/**
 * PostgreSQL: the one that is installed, else Debian's packages unpacked in the cache. Nothing is installed.
 *
 * @returns {Promise<{ programs: string, libraries: string, unprivileged: string[] } | undefined>} the folder of its
 *   programs, those of its libraries, and the words before a command of it; nothing where it is not to be had
 */
export async function findPostgresql() {
  const found = (await installed()) ?? (await unpacked());
  const reason = found ? await whyItCannotRun(found) : "neither installed nor to be had as a Debian package";
  if (reason === undefined) return found;
  console.log(`Tests of state in PostgreSQL are skipped: ${reason}`);
  return undefined;
}

async function installed() {
  const folder = await programsIn("/");
  return folder && { programs: folder, libraries: "", unprivileged };
}

async function unpacked() {
  const isComplete = async (folder) => (await programsIn(folder)) !== undefined;
  const wanted = { name: "postgresql", title: "postgresql", packages: ["postgresql"], isComplete };
  const folder = await unpackedPackages(wanted);
  return folder && { programs: await programsIn(folder), libraries: await librariesIn(folder), unprivileged };
}

/** Where a library does not fit or nobody may be another user, it cannot even tell its version. */
async function whyItCannotRun({ programs: folder, libraries }) {
  const [command, ...words] = [...unprivileged, join(folder, "postgres"), "--version"];
  const { code, stderr } = await run(command, words, { env: { LD_LIBRARY_PATH: libraries } });
  return code === 0 ? undefined : stderr.trim().split("\n").at(-1);
}

/** Debian has a folder for each version; the newest that is whole. */
async function programsIn(folder) {
  const versions = join(folder, "usr", "lib", "postgresql");
  const found = (await readdir(versions).catch(() => [])).sort((one, other) => Number(other) - Number(one));
  for (const version of found) {
    const place = join(versions, version, "bin");
    const there = await Promise.all(programs.map((name) => isThere(join(place, name))));
    if (there.every(Boolean)) return place;
  }
  return undefined;
}
