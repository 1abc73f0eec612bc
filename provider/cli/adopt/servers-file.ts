import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { printLines, type Streams } from "../streams";
import { UsageError } from "../usage-error";
import { writePrivately } from "../write-privately";
import type { AdoptOptions } from "./adopt-options";
import { keepFromGit } from "./ignored-files";

/** How to reach the servers. Written only where no stack takes it. */
const fileName = "servers.json";

/** Where the file is, and whose it may be. */
type Place = Pick<AdoptOptions, "out" | "connections">;

/**
 * Refuses to replace a file of somebody else, before anything is written.
 *
 * @throws UsageError when there is a file with other contents, which this command does not begin with
 */
export function refuseOtherServers(place: Place, text: string): void {
  const found = textIn(place);
  if (found === undefined || found === text || isGiven(place)) return;
  throw new UsageError(
    `${fileIn(place)} is there already, with other contents. Nothing is replaced: choose another folder with --out, or move the file.`,
  );
}

/** Writes the file for its owner alone. A file that the command begins with stays as it is. */
export async function writeServers(place: Place, text: string, streams: Streams): Promise<void> {
  keepFromGit(place.out, fileName, streams);
  if (textIn(place) === undefined) await writePrivately(fileIn(place), text);
}

/** Removes the file that an earlier run has written, now that a stack has its contents. */
export async function removeServers(place: Place, text: string, { errors }: Streams): Promise<void> {
  const found = textIn(place);
  if (found === text) await rm(fileIn(place), { force: true });
  else if (found !== undefined)
    printLines(
      errors,
      `warning: ${fileIn(place)} stays, for it is not as this command writes it. Remove it if nothing needs it: it may hold secrets.`,
    );
}

const fileIn = ({ out }: Place): string => join(out, fileName);

function textIn(place: Place): string | undefined {
  return existsSync(fileIn(place)) ? readFileSync(fileIn(place), "utf8") : undefined;
}

function isGiven(place: Place): boolean {
  return place.connections !== undefined && resolve(place.connections) === resolve(fileIn(place));
}
