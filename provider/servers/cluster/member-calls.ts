import type { Server } from "../server";
import { disabledFlag, statusFile } from "./paths";

/** How a server's last calls to one of its members went. */
export interface MemberCalls {
  /** Whether WHM has disabled the member after too many failures. */
  isDisabled: boolean;
  /** One digit for each call, `0` for a failure; undefined if WHM keeps no such row. */
  row: string | undefined;
}

/** Reads how the calls to a member went. WHM makes the files when it first calls, so their absence is normal. */
export async function readMemberCalls(server: Server, key: string): Promise<MemberCalls> {
  const files = await server.files();
  const [flag, status] = await Promise.all([files.stat(disabledFlag(key)), files.read(statusFile(key))]);
  const row = status?.trim() ?? "";
  return { isDisabled: flag !== undefined, row: /^[01]+$/.test(row) ? row : undefined };
}

/** Counts the failures in a row of calls. */
export function failuresIn(row: string): number {
  return row.split("0").length - 1;
}
