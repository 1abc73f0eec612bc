import { isIPv4 } from "node:net";
import type { Server } from "../server";
import { disabledText } from "./disabled-member";
import { readMember, type Member } from "./member";
import { readMemberCalls, type MemberCalls } from "./member-calls";
import { isMemberFile, memberDirectory, memberOfRoleFile } from "./paths";

/** An entry of root's cluster, whether or not WHM sees it. */
export interface FoundMember extends Member {
  /** Address of the other server, or the name of a file that another module has made. */
  key: string;
  /** How its last calls went, if WHM has disabled it. */
  disabled: string | undefined;
  /** How its last calls went. */
  calls: MemberCalls;
}

/** Whether WHM calls a member: another module has its own way, and a file that WHM doesn't see is not used. */
export function isCalledMember({ key, text, role, fields }: FoundMember): boolean {
  return text !== undefined && role !== undefined && fields.module === "cPanel" && isIPv4(key);
}

/** Reads every entry of root's cluster: also a role file without a member file, and a file that WHM doesn't see. */
export async function readMembers(server: Server): Promise<FoundMember[]> {
  const files = await server.files();
  const names = (await files.listFiles(memberDirectory)) ?? [];
  const keys = names.flatMap((name) => memberOfRoleFile(name) ?? (isMemberFile(name) ? name : []));
  const found = await Promise.all(
    [...new Set(keys)].sort().map(async (key): Promise<FoundMember[]> => {
      const [member, calls] = await Promise.all([readMember(server, key), readMemberCalls(server, key)]);
      return member ? [{ ...member, key, disabled: disabledText(calls), calls }] : [];
    }),
  );
  return found.flat();
}
