import {
  Secret,
  apiTokenGetDetails,
  isServerError,
  presentToken,
  tlsOf,
  version,
  type PeerTls,
  type PresentedToken,
  type Member,
  type Server,
} from "../../servers";
import { warn } from "../engine/warn";

/**
 * Whether a server still accepts a token that another server stores. Changes nothing anywhere. Asks the server's own
 * API if possible; otherwise presents the token from where it is used.
 *
 * @returns undefined if unknown: sshd forbids forwarding, or the certificate can't be verified
 * @throws ServerError when a server that has to be asked can't be reached
 */
export async function isTokenAlive(use: PresentedToken): Promise<boolean | undefined> {
  return (await isKnown(use)) ?? isAccepted(use);
}

/** A modern API token. Older credentials in its place are not in WHM's list, but are accepted all the same. */
const apiToken = /^[0-9A-Z]{32}$/;

/** Looks in the list of the token's owner. Returns undefined if the provider logs in as somebody else, or can't ask. */
async function isKnown({ to, user, token }: PresentedToken): Promise<boolean | undefined> {
  const { api } = to.settings;
  if (!api || (api.user ?? "root") !== user || !apiToken.test(token)) return undefined;
  try {
    return (await apiTokenGetDetails(to.api, { token: new Secret(token) })) !== undefined;
  } catch (error) {
    if (isServerError(error, "unknown-function", "missing-privilege")) return undefined;
    throw error;
  }
}

async function isAccepted(use: PresentedToken): Promise<boolean | undefined> {
  try {
    const tls = await tlsOf(use.to);
    return tls && (await isLetIn(use, tls));
  } catch (error) {
    if (isServerError(error, "forwarding-refused")) return undefined;
    throw error;
  }
}

async function isLetIn(use: PresentedToken, tls: PeerTls): Promise<boolean> {
  try {
    await presentToken(use, tls, version);
    return true;
  } catch (error) {
    // A refused log-in over SSH comes from the other server.
    if (isServerError(error, "refused-credential") && error.server === use.to.name) return false;
    // The token was accepted. Whether it may do this is another question.
    if (isServerError(error, "unknown-function", "missing-privilege", "refused-by-server")) return true;
    throw error;
  }
}

/** An entry whose token no resource of this program looks after. */
interface ForeignEntry {
  /** Server that stores the entry. */
  from: Server;
  /** Server that the token opens. */
  to: Server;
  address: string;
  found: Member;
}

/**
 * Whether the server that a token opens refuses it. An `ApiToken` of the program looks after its own token; one made by
 * hand or in another stack would expire unnoticed.
 */
export async function isRefused({ from, to, address, found }: ForeignEntry): Promise<boolean> {
  const { user = "root", pass } = found.fields;
  if (pass === undefined) return false;
  try {
    return (await isTokenAlive({ from, to, address, user, token: pass })) === false;
  } catch (error) {
    if (!isServerError(error)) throw error;
    // The entry was read and is known. Only whether its token still works is not.
    warn(
      `Whether ${to.name} still accepts the token of ${from.name} is not known: ${error.said} [${error.code}].`,
    );
    return false;
  }
}
