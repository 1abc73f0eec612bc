import { existsSync } from "node:fs";
import { join } from "node:path";
import { DiskFiles } from "./disk-files";
import { copyProgram, installSftpServer, lendFolder } from "./programs";

/** Where a server has the unpacked shells. */
const place = "/opt/shells";

/** Shells beside this machine's own; nothing where they are not to be had. Each is also the name of a login of root. */
export const oddShells = process.env["BED_SHELLS"] ? (["tcsh", "fish", "zsh"] as const) : [];

/** Gives a server with a command line what the logins of enter.sh need: their shells and folders, and an SFTP server. */
export function installLogins(folder: string): void {
  const files = new DiskFiles(folder);
  copyProgram("/usr/sbin/nologin", join(folder, "usr/sbin/nologin"));
  installSftpServer(folder);
  files.writeText("/etc/passwd", "root:x:0:0::/root:/bin/bash\n", 0o644);
  files.makeDirectories("/root", 0o700);
  files.writeText("/home/noisy/.bashrc", "echo Welcome to $HOSTNAME, unauthorised use is a crime\n", 0o644);
  files.writeText("/home/masked/.bashrc", "umask 077\n", 0o644);
  for (const shell of oddShells) files.writeText(`/usr/local/bin/${shell}`, starter(shell), 0o755);
  if (oddShells.length > 0) lendFolder(process.env["BED_SHELLS"]!, join(folder, place));
}

function starter(shell: string): string {
  const { BED_SHELLS: folder = "", BED_SHELL_LIBRARIES: libraries = "" } = process.env;
  const found = [`/bin/${shell}`, `/usr/bin/${shell}`].find((path) => existsSync(join(folder, path)));
  const variable = `LD_LIBRARY_PATH=${libraries.replaceAll(folder, place)}`;
  return `#!/bin/sh\n${variable} exec ${place}${found} "$@"\n`;
}
