import type { Server } from "../server";
import { parseMember } from "./member-file";
import { clustersDirectory, isMemberFile, memberFile } from "./paths";

/** A token with which a server reaches one of its members. */
export interface StoredToken {
  /** Owner of the member's cluster: root or a reseller. */
  user: string;
  member: string;
  secret: string;
}

/** Lists every token with which a server reaches its members, including resellers' members. */
export async function listStoredTokens(server: Server): Promise<StoredToken[]> {
  return storedByAll(server, await clusterOwners(server));
}

/** Lists the tokens in the clusters of resellers. */
export async function listResellerTokens(server: Server): Promise<StoredToken[]> {
  const owners = await clusterOwners(server);
  return storedByAll(
    server,
    owners.filter((user) => user !== "root"),
  );
}

async function clusterOwners(server: Server): Promise<string[]> {
  const files = await server.files();
  return (await files.list(clustersDirectory)) ?? [];
}

async function storedByAll(server: Server, users: readonly string[]): Promise<StoredToken[]> {
  const found = await Promise.all(users.map((user) => storedBy(server, user)));
  return found.flat();
}

async function storedBy(server: Server, user: string): Promise<StoredToken[]> {
  const files = await server.files();
  const directory = `${clustersDirectory}/${user}/config`;
  const names = ((await files.listFiles(directory)) ?? []).filter(isMemberFile);
  const tokens = await Promise.all(
    names.map(async (member) => {
      const secret = parseMember((await files.read(memberFile(member, directory))) ?? "").pass;
      return secret === undefined ? [] : [{ user, member, secret }];
    }),
  );
  return tokens.flat();
}
