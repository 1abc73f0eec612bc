import type { BaseAgent, ParsedKey } from "ssh2";
import type { SshCredentials } from "../credentials";
import type { ErrorReporter, ServerError } from "../errors";
import { shortText } from "../short-text";
import { agentKeys } from "./agent-keys";
import { certificateOf, plainBlob } from "./certificates/certified-key";
import { readCertificate } from "./certificates/user-certificate";
import { isMeant, meantBy } from "./chosen-key";
import { describeKey, keyFingerprint } from "./host-key";
import { certified, Identities, type Identity, signedByAgent } from "./identities";
import { SocketAgent } from "./socket-agent";

/** Maximum number of keys, and characters of a comment, in an error. */
const [mostKeys, longestComment] = [12, 40];
const phrase = "choose a key of the agent";

/**
 * Returns the agent of a log-in. With `identity` it has this one key, so that the server doesn't count the others as
 * failed attempts; likewise with a certificate whose key nobody else has.
 *
 * @throws ServerError `missing-credential` if the agent can't be asked, or does not have the key; `invalid-value` for a
 * certificate that can't be used
 */
export async function agentOf(
  { agentSocket, identity, certificate, privateKey }: SshCredentials,
  reporter: ErrorReporter,
): Promise<BaseAgent | undefined> {
  if (agentSocket === undefined) return undefined;
  const agent = new SocketAgent(agentSocket);
  const given = certificate && !privateKey ? readCertificate(certificate, reporter) : undefined;
  if (identity === undefined && !given) return agent;
  const keys = await agentKeys(agent).catch((error: Error) => {
    throw unreadable(agentSocket, error, reporter);
  });
  const wanted =
    identity === undefined ? { fingerprint: keyFingerprint(given!.key.blob) } : meantBy(identity);
  const chosen = keys.filter((key) => isMeant(key, wanted)).map((key) => signedByAgent(agent, key));
  if (chosen.length === 0) throw notThere(keys, wanted.fingerprint, reporter);
  if (!given) return new Identities(certificatesFirst(chosen));
  const shown = certified(given, chosen);
  if (!shown) throw notThere(keys, keyFingerprint(given.key.blob), reporter);
  return new Identities([shown, ...chosen.filter(({ key }) => !certificateOf(key))]);
}

/** The key alone is tried last: where certificates are asked for, it would be an attempt that fails. */
function certificatesFirst(identities: readonly Identity[]): Identity[] {
  const isCertified = ({ key }: Identity): boolean => certificateOf(key) !== undefined;
  return [...identities.filter(isCertified), ...identities.filter((each) => !isCertified(each))];
}

function unreadable(socket: string, { message }: Error, reporter: ErrorReporter): ServerError {
  return reporter.error({
    code: "missing-credential",
    phrase,
    said: `the agent at ${socket} does not list its keys: ${message}`,
    wayOut: "Start the agent, or correct agentSocketPath or SSH_AUTH_SOCK: `ssh-add -l` lists its keys.",
  });
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
  const comment = shortText(key.comment, longestComment);
  const what = certificateOf(key) ? "the certificate of " : "";
  return `${what}${describeKey(plainBlob(key))}${comment && ` (${comment})`}`;
}
