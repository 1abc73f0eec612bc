import { failuresIn, type FoundMember } from "../../servers";
import type { ClusterStatus, StatusServer } from "./cluster-status";

/** Why a member receives nothing, or that it is in use. */
export type MemberState =
  /** WHM calls it, if its role moves zones. */
  | "in-use"
  /** WHM has disabled it after too many failed calls. */
  | "disabled"
  /** WHM doesn't list it: its role file is missing or not as expected. */
  | "unseen"
  /** It has a role and no member file, so WHM doesn't know how to call it. */
  | "incomplete";

/** A member of a server's cluster. */
export interface MemberRow {
  /** Server that stores it. */
  readonly server: string;
  /** Name of the server at its address; undefined if the connections know none. */
  readonly peer: string | undefined;
  /** Key under which it is stored: an IPv4 address, or the name of a file of another module. */
  readonly address: string;
  readonly role: FoundMember["role"];
  readonly state: MemberState;
  /** Number of calls that WHM remembers, and of those that failed; undefined if it keeps no count. */
  readonly calls: number | undefined;
  readonly failed: number | undefined;
  /** WHM user whose token opens the member. */
  readonly user: string | undefined;
}

/** Lists the members of all servers. */
export function memberRows({ servers, nameAt }: ClusterStatus): MemberRow[] {
  return [...servers.values()].flatMap(({ name, members }) =>
    members.map((member) => ({
      server: name,
      peer: nameAt(member.key),
      address: member.key,
      role: member.role,
      state: stateOf(member),
      calls: member.calls.row?.length,
      failed: member.calls.row === undefined ? undefined : failuresIn(member.calls.row),
      user: member.fields.user,
    })),
  );
}

/** Lists the keys of the members that a server is set to send zones to. */
export function fedKeys({ members }: StatusServer): string[] {
  return members.filter(isFed).map(({ key }) => key);
}

function isFed({ role, text }: FoundMember): boolean {
  return text !== undefined && (role === "sync" || role === "write-only");
}

function stateOf({ role, text, calls }: FoundMember): MemberState {
  if (role === undefined) return "unseen";
  if (text === undefined) return "incomplete";
  return calls.isDisabled ? "disabled" : "in-use";
}
