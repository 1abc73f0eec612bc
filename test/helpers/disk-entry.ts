import { lstatSync, readFileSync, readlinkSync } from "node:fs";

/** What stands at a place of the disk, itself and not what it leads to. */
export interface DiskEntry {
  readonly text?: string;
  readonly link?: string;
  readonly mode: number;
  readonly owner: string;
}

/** Undefined where there is nothing. */
export function diskEntry(place: string): DiskEntry | undefined {
  const status = lstatSync(place, { throwIfNoEntry: false });
  if (!status) return undefined;
  const attributes = { mode: status.mode & 0o7777, owner: `${status.uid}:${status.gid}` };
  if (status.isSymbolicLink()) return { ...attributes, link: readlinkSync(place) };
  return { ...attributes, ...(status.isFile() && { text: readFileSync(place, "latin1") }) };
}
