import { createHash } from "node:crypto";
import type { Files } from "../sftp/files";

/** What a machine says of itself. A file that is not there says nothing. */
export interface Machine {
  /** Its own host name. */
  hostname?: string | undefined;
  /** Its main address, as cPanel knows it: behind NAT the inside one. */
  address?: string | undefined;
  /** The number that its operating system was given when it was installed. */
  machineId?: string | undefined;
}

/** The files by which a machine is known, in the words of an error. */
export const machineFiles = {
  hostname: "/etc/hostname",
  address: "/var/cpanel/mainip",
  machineId: "/etc/machine-id",
} as const;

export async function readMachine(files: Files): Promise<Machine> {
  const [hostname, address, machineId] = await Promise.all([
    readWord(files, machineFiles.hostname),
    readWord(files, machineFiles.address),
    readWord(files, machineFiles.machineId),
  ]);
  return { hostname: hostname?.toLowerCase(), address, machineId };
}

/** Tells machines apart in a few characters; undefined for one that says nothing of itself. */
export function markOfMachine({ hostname, address, machineId }: Machine): string | undefined {
  const facts = [hostname, address, machineId];
  if (facts.every((fact) => fact === undefined)) return undefined;
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 8);
}

async function readWord(files: Files, path: string): Promise<string | undefined> {
  const text = await files.read(path);
  return text?.trim() || undefined;
}
