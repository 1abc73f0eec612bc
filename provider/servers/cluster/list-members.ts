import type { Role } from "../../schema/role";
import type { Server } from "../server";
import { clustersDirectory, memberDirectory, memberOfRoleFile, roleFile } from "./paths";
import { readRoleWord } from "./role-word";

/** Lists the keys of the members that WHM sees on a server. WHM lists members by their role files. */
export async function listMemberKeys(server: Server, directory = memberDirectory): Promise<string[]> {
  const files = await server.files();
  const names = (await files.listFiles(directory)) ?? [];
  return names.flatMap((name) => memberOfRoleFile(name) ?? []).sort();
}

/** A member that WHM sees on a server. */
export interface ListedMember<EachRole extends Role = Role> {
  /** Key of the member: an IPv4 address, or the name of a hand-made file. */
  readonly key: string;
  readonly role: EachRole;
}

/** A member that a server sends zones to. */
export type FedMember = ListedMember<Exclude<Role, "standalone">>;

/** Lists the members that WHM sees on a server, with their roles. */
export async function listMembers(server: Server): Promise<ListedMember[]> {
  const keys = await listMemberKeys(server);
  const roles = await Promise.all(keys.map((key) => roleOf(server, key)));
  return keys.flatMap((key, index) => {
    const role = roles[index];
    return role === undefined ? [] : [{ key, role }];
  });
}

/** Lists the members that a server sends zones to. */
export async function listFedMembers(server: Server): Promise<FedMember[]> {
  return fedAmong(await listMembers(server));
}

/** Returns the members that zones are sent to. */
export function fedAmong(members: readonly ListedMember[]): FedMember[] {
  return members.filter((member): member is FedMember => member.role !== "standalone");
}

async function roleOf(server: Server, key: string): Promise<Role | undefined> {
  const files = await server.files();
  const text = await files.read(roleFile(key));
  return text === undefined ? undefined : readRoleWord(text);
}

/** Lists the resellers whose own clusters also contain a member under this key. */
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
