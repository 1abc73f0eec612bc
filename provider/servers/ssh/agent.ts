import { BaseAgent, createAgent, type ParsedKey, type SignCallback, type SigningRequestOptions } from "ssh2";
import type { SshCredentials } from "../credentials";
import { type ErrorReporter, type ServerError, troubleText } from "../errors";
import { withDeadline } from "./deadline";
import { describeKey, keyFingerprint, parseHostKeys } from "./host-key";

/** Seconds in which an agent must list its keys. */
const listDeadline = 10;
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
  const keys = await keysOf(agent, agentSocket, reporter);
  const fingerprint = fingerprintOf(identity);
  const key = keys.find((each) => keyFingerprint(each.getPublicSSH()) === fingerprint);
  if (!key) throw notThere(keys, fingerprint, reporter);
  return new AgentWithOneKey(agent, key);
}

/** An agent of which only one key is used. */
class AgentWithOneKey extends BaseAgent {
  constructor(
    private readonly agent: BaseAgent,
    private readonly key: ParsedKey,
  ) {
    super();
  }

  override getIdentities(done: (error: Error | undefined, keys?: ParsedKey[]) => void): void {
    done(undefined, [this.key]);
  }

  override sign(
    key: string | Buffer | ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    this.agent.sign(key, data, options as SigningRequestOptions, done);
  }
}

function keysOf(agent: BaseAgent, socket: string, reporter: ErrorReporter): Promise<ParsedKey[]> {
  const unreadable = (said: string): ServerError =>
    reporter.error({
      code: "missing-credential",
      phrase,
      said: `the agent at ${socket} does not list its keys: ${said}`,
      wayOut: "Start the agent, or correct agentSocketPath or SSH_AUTH_SOCK: `ssh-add -l` lists its keys.",
    });
  const listing = new Promise<ParsedKey[]>((resolve, reject) => {
    agent.getIdentities((error, keys) => {
      if (error) reject(unreadable(troubleText(error)));
      else resolve((keys ?? []) as ParsedKey[]);
    });
  });
  return withDeadline(listing, listDeadline, () => unreadable(`no answer within ${listDeadline} seconds`));
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
