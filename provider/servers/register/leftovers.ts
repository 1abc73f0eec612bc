import { posix } from "node:path";
import { rootCluster, trustedAddressesFile } from "../cluster/paths";
import type { Server } from "../server";
import { isTemporary } from "../sftp/temporary-names";
import { registerDirectory, turnName } from "./paths";

/** What a run that is at work, or was killed, has left on a server. */
export interface Leftovers {
  /** Paths of temporary files. They may contain tokens. */
  temporaryFiles: string[];
  /** Whether somebody has the turn to remove lines. */
  isTurnTaken: boolean;
}

const directories = [registerDirectory, rootCluster, posix.dirname(trustedAddressesFile)];

/** Looks for leftovers wherever this package writes. Removes nothing. */
export async function findLeftovers(server: Server): Promise<Leftovers> {
  const files = await server.files();
  const lists = await Promise.all(directories.map(async (directory) => (await files.list(directory)) ?? []));
  const temporaryFiles = lists.flatMap((names, at) =>
    names.filter(isTemporary).map((name) => `${directories[at]}/${name}`),
  );
  return { temporaryFiles, isTurnTaken: lists[0]?.includes(turnName) ?? false };
}
