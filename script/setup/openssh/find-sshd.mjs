import { access, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { withLock } from "../../shared/lock.mjs";
import { cacheFolder } from "../../shared/paths.mjs";
import { progress } from "../../shared/progress.mjs";
import { run } from "../../shared/run.mjs";
import { swapFolder } from "../../shared/swap-folder.mjs";

/** Where Debian keeps them, below `/` or below the folder that its packages are unpacked in. */
const places = { sshd: "usr/sbin/sshd", sftpServer: "usr/lib/openssh/sftp-server", clientFolder: "usr/bin" };

/** What sshd is made of where Debian's packages are unpacked and not installed. */
const packages = ["openssh-server", "openssh-client", "openssh-sftp-server", "libwrap0"];

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
  return { ...placesIn(folder), libraries: await librariesIn(folder) };
}

async function unpack(folder) {
  if (await isComplete(folder)) return; // The process that held the lock has done it.
  const shown = progress("Unpacking Debian's openssh-server, once");
  await mkdir(cacheFolder, { recursive: true });
  const work = await mkdtemp(join(cacheFolder, "openssh-download-"));
  const done = await downloadAndUnpack(work, shown);
  if (done) await swapFolder(join(work, "root"), folder);
  await rm(work, { recursive: true, force: true });
  shown.end(done ? "done" : "not to be had here");
}

async function downloadAndUnpack(work, shown) {
  shown.now("reading the package lists");
  await run("apt-get", ["update"]); // Old lists may do; the download tells.
  shown.now("downloading");
  const download = await run("apt-get", ["download", ...packages], { cwd: work });
  if (download.code !== 0) return false;
  for (const file of await readdir(work)) {
    const { code } = await run("dpkg-deb", ["--extract", file, "root"], { cwd: work });
    if (code !== 0) return false;
  }
  return true;
}

async function librariesIn(folder) {
  const below = ["usr/lib", "lib"].map((name) => join(folder, name));
  const found = await Promise.all(below.map((place) => readdir(place, { recursive: true }).catch(() => [])));
  const files = below.flatMap((place, index) => found[index].map((name) => join(place, name)));
  return files
    .filter((file) => file.endsWith("/libwrap.so.0"))
    .map(dirname)
    .join(delimiter);
}

function placesIn(folder) {
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [name, join(folder, place)]));
}

async function isComplete(folder) {
  const there = await Promise.all(Object.values(placesIn(folder)).map(isThere));
  return there.every(Boolean);
}

function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
