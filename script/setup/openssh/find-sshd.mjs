import { join } from "node:path";
import { isThere } from "../../shared/is-there.mjs";
import { run } from "../../shared/run.mjs";
import { librariesIn, unpackedPackages } from "../debian-packages.mjs";

/** Where Debian keeps them, below `/` or below the folder that its packages are unpacked in. */
const places = { sshd: "usr/sbin/sshd", sftpServer: "usr/lib/openssh/sftp-server", clientFolder: "usr/bin" };

const packages = ["openssh-server", "openssh-client", "openssh-sftp-server"];

/**
 * OpenSSH's server: the one that is installed, else Debian's packages unpacked in the cache. Nothing is installed.
 *
 * @returns {Promise<{ sshd: string, sftpServer: string, clientFolder: string, libraries: string } | undefined>} its
 *   programs, where those of the client are, and the folders of its libraries; nothing where it is not to be had
 */
export async function findSshd() {
  if (await isComplete("/")) return { ...placesIn("/"), libraries: "" };
  const wanted = { name: "openssh-server", title: "openssh-server", packages, isComplete };
  const folder = await unpackedPackages(wanted);
  if (folder === undefined) return undefined;
  const found = { ...placesIn(folder), libraries: await librariesIn(folder) };
  return (await canRun(found)) ? found : undefined;
}

/** Where a library is missing or does not fit, it cannot even tell its version. */
async function canRun({ sshd, libraries }) {
  const { stdout, stderr } = await run(sshd, ["-V"], { env: { LD_LIBRARY_PATH: libraries } });
  return /OpenSSH_/.test(stdout + stderr);
}

function placesIn(folder) {
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [name, join(folder, place)]));
}

async function isComplete(folder) {
  const there = await Promise.all(Object.values(placesIn(folder)).map(isThere));
  return there.every(Boolean);
}
