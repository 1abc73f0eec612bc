import type { Server } from "../server";
import { failuresIn, readMemberCalls, type MemberCalls } from "./member-calls";
import { disabledFlag, rootCluster, statusFile } from "./paths";

/**
 * Returns the status of a member that WHM has disabled after too many failures, such as `11100: 2 of 5 calls failed`;
 * undefined for one in use.
 */
export async function disabledStatus(server: Server, key: string): Promise<string | undefined> {
  return disabledText(await readMemberCalls(server, key));
}

/** Formats the calls to a member that WHM has disabled; undefined for one in use. */
export function disabledText({ isDisabled, row }: MemberCalls): string | undefined {
  if (!isDisabled) return undefined;
  if (row === undefined || row.length > longestRow) return "no count of failures";
  return `${row}: ${failuresIn(row)} of ${row.length} calls failed`;
}

/** A longer row is shown nowhere. */
const longestRow = 64;

/** Re-enables a member, as the button on WHM's cluster page does. */
export async function reenable(server: Server, key: string): Promise<void> {
  const files = await server.files();
  const options = { mode: 0o600, temporaryDirectory: rootCluster };
  await files.writeAtomically(statusFile(key), "1", options);
  await files.remove(disabledFlag(key));
}
