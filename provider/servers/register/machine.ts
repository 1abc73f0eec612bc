import { createHash } from "node:crypto";
import type { Files } from "../sftp/files";

/** What a machine says about itself. A missing file says nothing. */
export interface Machine {
  /** Host name of the machine. */
  hostname?: string | undefined;
  /** Main address, as cPanel knows it; behind NAT the inside one. */
  address?: string | undefined;
  /** Number given to the operating system at installation. */
  machineId?: string | undefined;
}

/** Files by which a machine is known, described for an error. */
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

/** Makes a mark that tells machines apart in a few characters; undefined for a machine that says nothing about itself. */
export function markOfMachine({ hostname, address, machineId }: Machine): string | undefined {
  const facts = [hostname, address, machineId];
  if (facts.every((fact) => fact === undefined)) return undefined;
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 8);
}

async function readWord(files: Files, path: string): Promise<string | undefined> {
  const text = await files.read(path);
  return text?.trim() || undefined;
}
