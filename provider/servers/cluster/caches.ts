import type { Server } from "../server";
import { removeLeftovers } from "../sftp/temporary-files";
import { memberDirectory, memberFile, rootCluster } from "./paths";

/**
 * Removes WHM's caches of a member and of the list of members, so that WHM reads the files again, and what interrupted
 * writes have left beside them.
 */
export async function forgetCachedMembers(server: Server, key: string): Promise<void> {
  const files = await server.files();
  const beside = (await files.list(rootCluster)) ?? [];
  const lists = beside.filter((name) => name.startsWith("config_") && name.endsWith(".cache"));
  const own = (await files.list(memberDirectory)) ?? [];
  const ofMember = own.filter((name) => name === `${key}.cache` || name === `${key}-state.json`);
  await Promise.all([
    ...lists.map((name) => files.remove(`${rootCluster}/${name}`)),
    ...ofMember.map((name) => files.remove(memberFile(name))),
    removeLeftovers(files, rootCluster, beside),
  ]);
}
