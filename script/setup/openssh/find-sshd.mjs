import { run } from "../../shared/run.mjs";
import { installedOrUnpacked } from "../debian-packages.mjs";

/** Where Debian keeps them. */
const places = { sshd: "usr/sbin/sshd", sftpServer: "usr/lib/openssh/sftp-server", clientFolder: "usr/bin" };

const packages = ["openssh-server", "openssh-client", "openssh-sftp-server"];

/**
 * OpenSSH's server and its companions.
 *
 * @returns {Promise<{ sshd: string, sftpServer: string, clientFolder: string, libraries: string } | undefined>} its
 *   programs, where those of the client are, and the folders of its libraries; nothing where it is not to be had
 */
export function findSshd() {
  const name = "openssh-server";
  return installedOrUnpacked({ name, title: name, packages, places, canRun });
}

async function canRun({ sshd, libraries }) {
  const { stdout, stderr } = await run(sshd, ["-V"], { env: { LD_LIBRARY_PATH: libraries } });
  return /OpenSSH_/.test(stdout + stderr);
}
