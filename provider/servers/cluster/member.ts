import type { Role } from "../../schema/role";
import { isServerError, ServerError } from "../errors";
import type { Server } from "../server";
import { removeLeftovers } from "../sftp/temporary-files";
import { forgetCachedMembers } from "./caches";
import { formatMember, parseMember, type MemberFields, type ParsedMember } from "./member-file";
import { clustersDirectory, isMemberFile, memberDirectory, memberFile, roleFile, rootCluster } from "./paths";
import { readRoleWord } from "./role-word";

/** A member according to its two files. */
export interface Member {
  /** Text of the member file; undefined if there is none. */
  text: string | undefined;
  /** Text of the role file; undefined if there is none. */
  roleText: string | undefined;
  fields: ParsedMember;
  /** Role that WHM sees; undefined if it doesn't see the member. */
  role: Role | undefined;
}

/** Reads a member of root's cluster; undefined if neither of its files exists. */
export async function readMember(server: Server, key: string): Promise<Member | undefined> {
  const files = await server.files();
  const [text, roleText] = await Promise.all([files.read(memberFile(key)), files.read(roleFile(key))]);
  if (text === undefined && roleText === undefined) return undefined;
  return {
    text,
    roleText,
    fields: text === undefined ? {} : parseMember(text),
    role: roleText === undefined ? undefined : readRoleWord(roleText),
  };
}

/**
 * Writes the member file, then the role file: WHM lists members by their role files, so a member appears only when it
 * is complete. Files that are already right are left alone.
 */
export async function writeMember(
  server: Server,
  key: string,
  wanted: { fields: MemberFields; role: Role },
): Promise<void> {
  await makeDirectories(server);
  const found = await readMember(server, key);
  const text = formatMember(wanted.fields, found?.text);
  if (text !== found?.text) await replaceFile(server, memberFile(key), text);
  await writeRole(server, key, found, wanted.role);
  await forgetCachedMembers(server, key);
  await confirmMember(server, key, { text, role: wanted.role });
}

/** Restores both files of a member, byte for byte. */
export async function restoreMember(
  server: Server,
  key: string,
  before: { text?: string | undefined; roleText?: string | undefined },
): Promise<void> {
  await restoreFile(server, memberFile(key), before.text);
  await restoreFile(server, roleFile(key), before.roleText);
  await forgetCachedMembers(server, key);
  const found = await readMember(server, key);
  if (found?.text === before.text && found?.roleText === before.roleText) return;
  throw notConfirmed(server, `put back the member ${key}`, "its files read back differently");
}

/**
 * Removes a member. No zones flow once its role is standalone, and WHM no longer lists it once the role file is gone.
 * No zone, no flag and no other member is touched.
 */
export async function removeMember(server: Server, key: string): Promise<void> {
  const files = await server.files();
  const found = await readMember(server, key);
  if (found?.roleText !== undefined) {
    if (found.role !== "standalone") await quieten(server, key);
    await files.remove(roleFile(key));
  }
  if (found?.text !== undefined) await files.remove(memberFile(key));
  await forgetCachedMembers(server, key);
  if ((await readMember(server, key)) !== undefined) {
    throw notConfirmed(server, `remove the member ${key}`, "its files are still there");
  }
}

/** Lists the keys of other members with the same host name. */
export async function namesakesOf(server: Server, key: string, host: string): Promise<string[]> {
  const files = await server.files();
  const names = ((await files.listFiles(memberDirectory)) ?? [])
    .filter(isMemberFile)
    .filter((name) => name !== key);
  const found = await Promise.all(
    names.map(async (name) => parseMember((await files.read(memberFile(name))) ?? "").host),
  );
  return names.filter((_name, index) => found[index]?.toLowerCase() === host.toLowerCase());
}

async function makeDirectories(server: Server): Promise<void> {
  const files = await server.files();
  for (const directory of [clustersDirectory, rootCluster, memberDirectory]) {
    await files.makeDirectory(directory, 0o700);
  }
}

async function writeRole(server: Server, key: string, found: Member | undefined, role: Role): Promise<void> {
  if (found?.role === role) return;
  await replaceFile(server, roleFile(key), role);
}

/** Silences a member. On a full disk nothing can be written, but the role file can be removed, which stops it as well. */
async function quieten(server: Server, key: string): Promise<void> {
  try {
    await replaceFile(server, roleFile(key), "standalone");
  } catch (error) {
    if (!isServerError(error, "file-error")) throw error;
  }
}

/**
 * Replaces a file. After a broken connection, removes the temporary file over a new one if possible: it may contain a
 * token.
 */
async function replaceFile(server: Server, path: string, text: string): Promise<void> {
  try {
    const files = await server.files();
    await files.writeAtomically(path, text, { mode: 0o600, temporaryDirectory: rootCluster });
  } catch (error) {
    if (isServerError(error, "connection-lost", "timed-out")) await tidy(server).catch(() => undefined);
    throw error;
  }
}

async function tidy(server: Server): Promise<void> {
  const files = await server.files();
  await removeLeftovers(files, rootCluster);
}

async function restoreFile(server: Server, path: string, text: string | undefined): Promise<void> {
  if (text === undefined) await (await server.files()).remove(path);
  else await replaceFile(server, path, text);
}

async function confirmMember(
  server: Server,
  key: string,
  wanted: { text: string; role: Role },
): Promise<void> {
  const found = await readMember(server, key);
  if (found?.text === wanted.text && found.role === wanted.role) return;
  throw notConfirmed(server, `write the member ${key}`, "its files read back differently");
}

function notConfirmed(server: Server, phrase: string, said: string): ServerError {
  return new ServerError({
    code: "not-confirmed",
    server: server.name,
    phrase,
    said,
    wayOut: "Look for a second program that writes the same cluster, then run pulumi up again.",
  });
}
