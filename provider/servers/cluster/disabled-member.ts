import type { Server } from "../server";
import { disabledFlag, rootCluster, statusFile } from "./paths";

/**
 * Returns the status of a member that WHM has disabled after too many failures, such as `11100: 2 of 5 calls failed`;
 * undefined for one in use.
 */
export async function disabledStatus(server: Server, key: string): Promise<string | undefined> {
  const files = await server.files();
  const [flag, status] = await Promise.all([files.stat(disabledFlag(key)), files.read(statusFile(key))]);
  if (!flag) return undefined;
  const calls = status?.trim() ?? "";
  if (!/^[01]{1,64}$/.test(calls)) return "no count of failures";
  return `${calls}: ${calls.split("0").length - 1} of ${calls.length} calls failed`;
}

/** Re-enables a member, as the button on WHM's cluster page does. */
export async function reenable(server: Server, key: string): Promise<void> {
  const files = await server.files();
  const options = { mode: 0o600, temporaryDirectory: rootCluster };
  await files.writeAtomically(statusFile(key), "1", options);
  await files.remove(disabledFlag(key));
}
