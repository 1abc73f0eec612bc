import { rmSync } from "node:fs";
import { join } from "node:path";
import { DiskFiles } from "./disk-files";
import { copyProgram, installSftpServer, sftpServer } from "./programs";

/** Somebody who is not root: enter.sh makes the login. */
export const deploy = "deploy";

/** Where sudo was unpacked. */
function sudoFolder(): string {
  const folder = process.env["BED_SUDO"];
  if (folder) return folder;
  throw new Error("These tests need sudo, which is not to be had as a Debian package here.");
}

/** Gives a server with a command line sudo, an SFTP server that it can start, and the login. */
export function installSudo(folder: string): void {
  const files = new DiskFiles(folder);
  copyProgram(join(sudoFolder(), "usr/bin/sudo"), join(folder, "usr/local/bin/sudo"));
  copyProgram(join(sudoFolder(), "usr/libexec/sudo"), join(folder, "usr/libexec/sudo"));
  installSftpServer(folder);
  files.writeText("/etc/passwd", `root:x:0:0::/root:/bin/bash\n${deploy}:x:1500:1500::/:/bin/bash\n`, 0o644);
  files.writeText("/etc/group", "root:x:0:\ndeploy:x:1500:\n", 0o644);
  const permit = ["auth", "account", "session"].map((kind) => `${kind} required pam_permit.so\n`);
  files.writeText("/etc/pam.d/sudo", permit.join(""), 0o644);
}

/** Says who may do what. */
export function setSudoers(folder: string, ...lines: string[]): void {
  new DiskFiles(folder).writeText("/etc/sudoers", `${lines.join("\n")}\n`, 0o440);
}

/** Takes the SFTP server away. */
export function removeSftpServer(folder: string): void {
  rmSync(join(folder, sftpServer));
}

/** Takes sudo away. */
export function removeSudo(folder: string): void {
  rmSync(join(folder, "usr/local/bin/sudo"));
}
