import { access } from "node:fs/promises";
import { createAgent } from "ssh2";
import { type ErrorReporter, troubleText } from "../errors";
import { withDeadline } from "./deadline";

/** Seconds in which an agent must list its keys. */
const deadline = 10;

/**
 * Refuses to dial with an agent alone that has no key or doesn't answer: the server would seem to refuse something.
 *
 * @param place where the socket's path comes from
 * @throws ServerError `missing-credential`
 */
export async function requireAgentKeys(
  socket: string,
  place: string,
  reporter: ErrorReporter,
): Promise<void> {
  const trouble = await troubleWith(socket);
  if (trouble === undefined) return;
  const shown = place.includes(socket) ? place : `${place} ${socket}`;
  throw reporter.error({
    code: "missing-credential",
    phrase: "log in over SSH",
    said: `there is only an SSH agent to log in with, ${shown}, and ${trouble}`,
    wayOut:
      "Start the agent and load the key (ssh-add), correct agentSocketPath or SSH_AUTH_SOCK, or give a key with privateKeyFile.",
  });
}

/** Returns what is wrong with an agent; undefined if it has a key. */
async function troubleWith(socket: string): Promise<string | undefined> {
  const missing = await access(socket).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
  if (missing !== undefined)
    return `it does not answer: there is no socket that this user may use (${missing})`;
  const listing = new Promise<string | undefined>((resolve) => {
    createAgent(socket).getIdentities((error, keys) => {
      if (error) resolve(`it does not answer: ${troubleText(error)}`);
      else resolve((keys ?? []).length > 0 ? undefined : "it holds no key, or is locked");
    });
  });
  const late = (): Error => new Error(`it does not answer within ${deadline} seconds`);
  return withDeadline(listing, deadline, late).catch((error: Error) => error.message);
}
