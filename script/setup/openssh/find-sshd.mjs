import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { isThere } from "../../shared/is-there.mjs";
import { withLock } from "../../shared/lock.mjs";
import { cacheFolder } from "../../shared/paths.mjs";
import { progress } from "../../shared/progress.mjs";
import { run } from "../../shared/run.mjs";
import { swapFolder } from "../../shared/swap-folder.mjs";

/** Where Debian keeps them, below `/` or below the folder that its packages are unpacked in. */
const places = { sshd: "usr/sbin/sshd", sftpServer: "usr/lib/openssh/sftp-server", clientFolder: "usr/bin" };

/** What is unpacked where it is not installed, together with the libraries that this machine lacks. */
const packages = ["openssh-server", "openssh-client", "openssh-sftp-server"];

/** Milliseconds. Without a network apt-get tries for long. */
const longest = 120_000;

/**
 * OpenSSH's server: the one that is installed, else Debian's packages unpacked in the cache. Nothing is installed.
 *
 * @returns {Promise<{ sshd: string, sftpServer: string, clientFolder: string, libraries: string } | undefined>} its
 *   programs, where those of the client are, and the folders of its libraries; nothing where it is not to be had
 */
export async function findSshd() {
  if (await isComplete("/")) return { ...placesIn("/"), libraries: "" };
  const folder = join(cacheFolder, "openssh-server");
  if (!(await isComplete(folder))) await withLock("openssh-server", () => unpack(folder));
  if (!(await isComplete(folder))) return undefined;
  const found = { ...placesIn(folder), libraries: await librariesIn(folder) };
  return (await canRun(found)) ? found : undefined;
}

/** Where a library is missing or does not fit, it cannot even tell its version. */
async function canRun({ sshd, libraries }) {
  const { stdout, stderr } = await run(sshd, ["-V"], { env: { LD_LIBRARY_PATH: libraries } });
  return /OpenSSH_/.test(stdout + stderr);
}

async function unpack(folder) {
  if (await isComplete(folder)) return; // The process that held the lock has done it.
  const shown = progress("Unpacking Debian's openssh-server, once");
  await mkdir(cacheFolder, { recursive: true });
  for (const name of await readdir(cacheFolder)) {
    // What a set-up has left that was ended: nobody else is at work here.
    if (name.startsWith("openssh-download-")) await rm(join(cacheFolder, name), { recursive: true });
  }
  const work = await mkdtemp(join(cacheFolder, "openssh-download-"));
  let done = false;
  try {
    done = await downloadAndUnpack(work, shown);
    if (done) await swapFolder(join(work, "root"), folder);
  } finally {
    await rm(work, { recursive: true, force: true });
    shown.end(done ? "done" : "not to be had here");
  }
}

async function downloadAndUnpack(work, shown) {
  shown.now("reading the package lists");
  await apt(work, ["update"]); // Old lists may do; the download tells.
  shown.now("downloading");
  await mkdir(join(work, "partial"));
  const place = ["-o", `Dir::Cache::archives=${work}`, "-o", "Debug::NoLocking=1"];
  const libraries = ["install", "--yes", "--no-install-recommends", "--download-only", ...place];
  if (!(await apt(work, ["download", ...packages]))) return false;
  if (!(await apt(work, [...libraries, ...packages]))) return false;
  for (const file of (await readdir(work)).filter((name) => name.endsWith(".deb"))) {
    const { code } = await run("dpkg-deb", ["--extract", file, "root"], { cwd: work });
    if (code !== 0) return false;
  }
  return true;
}

async function apt(work, words) {
  const { code } = await run("apt-get", words, { cwd: work, timeout: longest });
  return code === 0;
}

async function librariesIn(folder) {
  const below = ["usr/lib", "lib"].map((name) => join(folder, name));
  const found = await Promise.all(below.map((place) => readdir(place, { recursive: true }).catch(() => [])));
  const files = below.flatMap((place, index) => found[index].map((name) => join(place, name)));
  const folders = files.filter((file) => /\/lib[^/]+\.so\.\d+$/.test(file)).map(dirname);
  return [...new Set(folders)].join(delimiter);
}

function placesIn(folder) {
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [name, join(folder, place)]));
}

async function isComplete(folder) {
  const there = await Promise.all(Object.values(placesIn(folder)).map(isThere));
  return there.every(Boolean);
}
