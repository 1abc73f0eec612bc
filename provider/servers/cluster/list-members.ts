import type { Role } from "../../schema/role";
import type { Server } from "../server";
import { clustersDirectory, memberDirectory, memberOfRoleFile, roleFile } from "./paths";
import { readRoleWord } from "./role-word";

/** Roles in which a server sends zones to a member. */
const feedingRoles: readonly (Role | undefined)[] = ["sync", "write-only"];

/** Keys of the members that WHM sees on a server. WHM lists members by their role files. */
export async function listMemberKeys(server: Server, directory = memberDirectory): Promise<string[]> {
  const files = await server.files();
  const names = (await files.list(directory)) ?? [];
  return names.flatMap((name) => memberOfRoleFile(name) ?? []).sort();
}

/** Keys of the members that a server sends zones to. */
export async function listFedMembers(server: Server): Promise<string[]> {
  const keys = await listMemberKeys(server);
  const fed = await Promise.all(keys.map(async (key) => ((await feeds(server, key)) ? [key] : [])));
  return fed.flat();
}

/** Whether a server sends zones to a member. */
async function feeds(server: Server, key: string): Promise<boolean> {
  const files = await server.files();
  const text = await files.read(roleFile(key));
  return text !== undefined && feedingRoles.includes(readRoleWord(text));
}

/** Resellers whose own clusters hold a member under this key as well. */
export async function resellersWithMember(server: Server, key: string): Promise<string[]> {
  const files = await server.files();
  const users = ((await files.list(clustersDirectory)) ?? []).filter((user) => user !== "root");
  const holders = await Promise.all(
    users.map(async (user) => {
      const keys = await listMemberKeys(server, `${clustersDirectory}/${user}/config`);
      return keys.includes(key) ? [user] : [];
    }),
  );
  return holders.flat().sort();
}
