import { createHash } from "node:crypto";
import type { Identity } from "./identity";
import type { ServerFiles } from "./server-files";

/** Where the machine keeps its own host name. */
export const hostnameFile = "/etc/hostname";

/** The number that a machine gets when it is installed and keeps for life. */
export const machineIdFile = "/etc/machine-id";

/** Where the product keeps the main address, as the machine itself has it: behind NAT the inside one. */
export const mainAddressFile = "/var/cpanel/mainip";

/** Writes the files that tell one machine from another. */
export function layOutIdentity(files: ServerFiles, identity: Identity): void {
  files.writeText(hostnameFile, `${identity.hostname}\n`, 0o644);
  files.writeText(machineIdFile, `${machineIdOf(identity)}\n`, 0o444);
  files.writeText(mainAddressFile, identity.address, 0o644);
}

/** The host name that the files hold; the declared one where they hold none. */
export function hostnameOf(files: ServerFiles, identity: Identity): string {
  return textIn(files, hostnameFile) ?? identity.hostname;
}

/** The main address that the files hold; the declared one where they hold none. */
export function mainAddressOf(files: ServerFiles, identity: Identity): string {
  return textIn(files, mainAddressFile) ?? identity.address;
}

/** The same server has the same id in every simulator, so that a run can be repeated. */
function machineIdOf({ name, address }: Identity): string {
  return createHash("sha256").update(`${name}\n${address}`).digest("hex").slice(0, 32);
}

function textIn(files: ServerFiles, path: string): string | undefined {
  return files.readText(path)?.trim() || undefined;
}
