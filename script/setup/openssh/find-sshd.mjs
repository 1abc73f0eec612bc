import { access, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { withLock } from "../../shared/lock.mjs";
import { cacheFolder } from "../../shared/paths.mjs";
import { progress } from "../../shared/progress.mjs";
import { run } from "../../shared/run.mjs";
import { swapFolder } from "../../shared/swap-folder.mjs";

const systemWide = "/usr/sbin/sshd";

/** What sshd is made of where Debian's packages are unpacked and not installed. */
const packages = ["openssh-server", "openssh-client", "openssh-sftp-server", "libwrap0"];

/**
 * OpenSSH's server: the one that is installed, else Debian's packages unpacked in the cache. Nothing is installed.
 *
 * @returns {Promise<{ sshd: string, libraries: string, clientFolder: string } | undefined>} the program, the
 *   folders of its libraries, and where the client's programs are; nothing where neither is to be had
 */
export async function findSshd() {
  if (await isThere(systemWide)) return { sshd: systemWide, libraries: "", clientFolder: "/usr/bin" };
  const folder = join(cacheFolder, "openssh-server");
  if (!(await isThere(join(folder, "usr/sbin/sshd")))) await withLock("openssh-server", () => unpack(folder));
  return (await isThere(join(folder, "usr/sbin/sshd"))) ? inFolder(folder) : undefined;
}

async function unpack(folder) {
  if (await isThere(join(folder, "usr/sbin/sshd"))) return; // The process that held the lock has done it.
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

async function inFolder(folder) {
  const places = [join(folder, "usr/lib"), join(folder, "lib")];
  const found = await Promise.all(places.map((place) => readdir(place, { recursive: true }).catch(() => [])));
  const libraries = places.flatMap((place, index) =>
    found[index].filter((name) => /\/libwrap\.so\.0$/.test(name)).map((name) => join(place, name, "..")),
  );
  const clientFolder = join(folder, "usr/bin");
  return { sshd: join(folder, "usr/sbin/sshd"), libraries: libraries.join(delimiter), clientFolder };
}

function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
