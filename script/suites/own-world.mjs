import { delimiter, join } from "node:path";
import { root } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";

/** The password of root in the world; it opens nothing outside. */
const bedPassword = "open sesame";

/** Its processes are numbered by themselves: all of them end with the first one, and that one with whoever started it. */
const unshare = [
  "unshare",
  "--net",
  "--mount",
  "--propagation",
  "private",
  "--pid",
  "--fork",
  "--mount-proc",
];

/** The words before a command that give it network, mounts and processes of its own. */
export const inOwnWorld = [
  "setpriv",
  "--pdeathsig",
  "KILL",
  ...unshare,
  "--kill-child",
  "--",
  "bash",
  join(root, "test", "testbed", "enter.sh"),
];

/**
 * What the test testbed finds in the environment of such a world.
 *
 * @param {{ sshd: string, sftpServer: string, clientFolder: string, libraries: string }} found OpenSSH's programs
 * @param {string} path PATH without those of the client
 */
export function bedEnvironment({ sshd, sftpServer, clientFolder, libraries }, path) {
  return {
    PATH: `${path}${delimiter}${clientFolder}`,
    BED_PASSWORD: bedPassword,
    BED_SSHD: sshd,
    BED_SFTP_SERVER: sftpServer,
    BED_LIBRARIES: libraries,
  };
}

/** Why there can be no such world here; undefined where there can be one. */
export async function whyNoOwnWorld() {
  if (process.platform !== "linux") return "network namespaces are a matter of Linux";
  if (process.getuid() !== 0) return "only root makes network namespaces and changes root directories";
  const [command, ...words] = [...inOwnWorld, "true"];
  const { code, stderr } = await run(command, words, { env: { BED_PASSWORD: bedPassword } });
  return code === 0 ? undefined : `a namespace cannot be made: ${stderr.trim().split("\n").at(-1)}`;
}
