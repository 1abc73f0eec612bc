import { setTimeout as pause } from "node:timers/promises";
import { isServerError } from "../errors";

/** RFC 4254: sshd's answer when a connection already has as many sessions as MaxSessions allows. */
const connectFailed = 2;
/** RFC 4254: the answer of other servers. */
const resourceShortage = 4;

/** Milliseconds between attempts: a session that has ended counts until the server has cleaned up after it. */
const pauses = [10, 20, 50, 100, 200, 400, 800, 1600, 1600];

/** The cure for a connection that may have too few sessions. */
export const allowSessions = "Set MaxSessions 10 in its sshd_config, which is also sshd's default.";

/** Whether ssh2 says that no session was opened. Nothing was started then, so trying again repeats nothing. */
export function isUnopened(error: unknown): boolean {
  const { reason } = error as { reason?: unknown };
  return error instanceof Error && (reason === connectFailed || reason === resourceShortage);
}

/** Whether work was never begun because the server opened no session for it. */
export function isRefusedSession(error: unknown): boolean {
  return isServerError(error, "refused-by-server", "file-error") && isUnopened(error.cause);
}

/** Does work that begins by opening a session, again while the server refuses to open it. */
export async function whenSessionIsFree<T>(work: () => Promise<T>): Promise<T> {
  for (const milliseconds of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!isRefusedSession(error)) throw error;
    }
    await pause(milliseconds);
  }
  return work();
}
