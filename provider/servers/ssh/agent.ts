import { type BaseAgent, createAgent, type ParsedKey } from "ssh2";
import type { SshCredentials } from "../credentials";
import type { ErrorReporter, ServerError } from "../errors";
import { agentKeys } from "./agent-keys";
import { describeKey, keyFingerprint, parseHostKeys } from "./host-key";
import { Identities, signedByAgent } from "./identities";

/** Maximum number of keys, and characters of a comment, in an error. */
const [mostKeys, longestComment] = [12, 40];
const phrase = "choose a key of the agent";

/**
 * Returns the agent of a log-in. With `identity` it has this one key, so that the server doesn't count the others as
 * failed attempts.
 *
 * @throws ServerError `missing-credential` if the agent can't be asked, or does not have the key
 */
export async function agentOf(
  { agentSocket, identity }: SshCredentials,
  reporter: ErrorReporter,
): Promise<BaseAgent | string | undefined> {
  if (agentSocket === undefined || identity === undefined) return agentSocket;
  const agent = createAgent(agentSocket);
  const keys = await agentKeys(agent).catch((error: Error) => {
    throw unreadable(agentSocket, error, reporter);
  });
  const fingerprint = fingerprintOf(identity);
  const key = keys.find((each) => keyFingerprint(each.getPublicSSH()) === fingerprint);
  if (!key) throw notThere(keys, fingerprint, reporter);
  return new Identities([signedByAgent(agent, key)]);
}

function unreadable(socket: string, { message }: Error, reporter: ErrorReporter): ServerError {
  return reporter.error({
    code: "missing-credential",
    phrase,
    said: `the agent at ${socket} does not list its keys: ${message}`,
    wayOut: "Start the agent, or correct agentSocketPath or SSH_AUTH_SOCK: `ssh-add -l` lists its keys.",
  });
}

/** Returns the fingerprint that a public key has, or that is written instead of it. */
function fingerprintOf(identity: string): string {
  const [key] = parseHostKeys(identity);
  return key ? keyFingerprint(key.blob) : identity;
}

function notThere(keys: readonly ParsedKey[], fingerprint: string, reporter: ErrorReporter): ServerError {
  const listed = keys.slice(0, mostKeys).map(describe).join(", ");
  const has =
    keys.length === 0
      ? "It has none that can be used."
      : `It has ${listed}${keys.length > mostKeys ? ", …" : ""}.`;
  return reporter.error({
    code: "missing-credential",
    phrase,
    said: `the agent does not have the key ${fingerprint}`,
    wayOut: `Load it (ssh-add FILE), or correct identity. ${has}`,
  });
}

/** Describes a key as `ssh-add -l` does. The comment is somebody's text. */
function describe(key: ParsedKey): string {
  const comment = key.comment.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const short = comment.length > longestComment ? `${comment.slice(0, longestComment)}…` : comment;
  return describeKey(key.getPublicSSH()) + (short && ` (${short})`);
}
