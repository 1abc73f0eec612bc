import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where RHEL and its kin keep OpenSSH's SFTP server. */
export const sftpServer = "/usr/libexec/openssh/sftp-server";

/** Copies a program with its owner and mode, without which sudo refuses to work. */
export function copyProgram(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** Gives a server OpenSSH's SFTP server. */
export function installSftpServer(folder: string): void {
  copyProgram(process.env["BED_SFTP_SERVER"]!, join(folder, sftpServer));
  mkdirSync(join(folder, "dev"), { recursive: true });
  // OpenSSH's programs do not start without it.
  if (!existsSync(join(folder, "dev/null")))
    spawnSync("mknod", ["-m", "666", join(folder, "dev/null"), "c", "1", "3"]);
}

/** Shows a folder of this machine to a server, for reading only. */
export function lendFolder(from: string, at: string): void {
  mkdirSync(at, { recursive: true });
  const { status, stderr } = spawnSync("mount", ["-o", "bind,ro", from, at]);
  if (status !== 0) throw new Error(`mount ended with ${status}: ${stderr.toString()}`);
}
