import { createHash } from "node:crypto";
import type { Identity } from "./identity";
import type { ServerFiles } from "./server-files";

/** Contains the machine's own host name. */
export const hostnameFile = "/etc/hostname";

/** Contains the number that a machine gets at installation and keeps. */
export const machineIdFile = "/etc/machine-id";

/** Contains the main address that the machine itself has; behind NAT the inside one. */
export const mainAddressFile = "/var/cpanel/mainip";

/** Contains each inside address with the outside one. Absent without NAT. */
export const natFile = "/var/cpanel/cpnat";

/** Writes the files that tell machines apart. */
export function layOutIdentity(files: ServerFiles, identity: Identity): void {
  files.writeText(hostnameFile, `${identity.hostname}\n`, 0o644);
  files.writeText(machineIdFile, `${machineIdOf(identity)}\n`, 0o444);
  files.writeText(mainAddressFile, identity.address, 0o644);
  if (identity.publicAddress !== undefined)
    files.writeText(natFile, `${identity.address} ${identity.publicAddress}\n`, 0o644);
}

/** Returns the host name in the files, else the declared one. */
export function hostnameOf(files: ServerFiles, identity: Identity): string {
  return textIn(files, hostnameFile) ?? identity.hostname;
}

/** Returns the main address in the files, else the declared one. */
export function mainAddressOf(files: ServerFiles, identity: Identity): string {
  return textIn(files, mainAddressFile) ?? identity.address;
}

/** Returns an id that is the same for a server in every simulator, so that runs can be repeated. */
function machineIdOf({ name, address }: Identity): string {
  return createHash("sha256").update(`${name}\n${address}`).digest("hex").slice(0, 32);
}

function textIn(files: ServerFiles, path: string): string | undefined {
  return files.readText(path)?.trim() || undefined;
}
