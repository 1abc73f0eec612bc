import { access } from "node:fs/promises";
import type { BaseAgent, ParsedKey } from "ssh2";
import { type ErrorReporter, type ServerError, troubleText } from "../errors";
import { withDeadline } from "./deadline";
import { SocketAgent } from "./socket-agent";
import { secondsText } from "../seconds-text";

/** Seconds in which an agent must list its keys. */
const deadline = 10;

/** Lists the keys of an agent. Fails if it does not answer. */
export function agentKeys(agent: BaseAgent): Promise<ParsedKey[]> {
  const listing = new Promise<ParsedKey[]>((resolve, reject) => {
    agent.getIdentities((error, keys) => {
      if (error) reject(new Error(troubleText(error), { cause: error }));
      else resolve((keys ?? []) as ParsedKey[]);
    });
  });
  return withDeadline(listing, deadline, () => new Error(`no answer within ${secondsText(deadline)}`));
}

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
  throw uselessAgent({ phrase: "log in over SSH", place: shown, trouble }, reporter);
}

/** Makes the error for an agent that can't help, and nothing else to log in with: the server has refused nothing. */
export function uselessAgent(
  { phrase, place, trouble }: { phrase: string; place: string | undefined; trouble: string },
  reporter: ErrorReporter,
): ServerError {
  return reporter.error({
    code: "missing-credential",
    phrase,
    said: `there is only an SSH agent to log in with, ${place}, and ${trouble}`,
    wayOut:
      "Start the agent and load the key (ssh-add), correct agentSocketPath or SSH_AUTH_SOCK, or give a key with privateKeyFile.",
  });
}

/** Returns what is wrong with an agent; undefined if it has a key. */
async function troubleWith(socket: string): Promise<string | undefined> {
  const missing = await access(socket).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
  if (missing !== undefined)
    return `it does not answer: there is no socket that this user may use (${missing})`;
  return agentKeys(new SocketAgent(socket)).then(
    (keys) => (keys.length > 0 ? undefined : "it holds no key, or is locked"),
    ({ message }: Error) => `it does not answer: ${message}`,
  );
}
