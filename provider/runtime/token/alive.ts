import {
  Secret,
  apiTokenGetDetails,
  isServerError,
  version,
  type PeerTls,
  type Member,
  type Server,
} from "../../servers";
import { presentToken, tlsOf, type TokenUse } from "./use";
import { warn } from "../engine/warn";

/**
 * Whether a server still accepts a token that another server stores, told without a change anywhere. Its own API says
 * it at once; else the token is presented from where it is used.
 *
 * @returns undefined where it cannot be told: sshd forbids forwarding, or the certificate cannot be verified
 * @throws ServerError when a server that has to be asked cannot be reached
 */
export async function isTokenAlive(use: TokenUse): Promise<boolean | undefined> {
  return (await isKnown(use)) ?? isAccepted(use);
}

/** An API token of today; older credentials in its place are not in WHM's list, and open it all the same. */
const apiToken = /^[0-9A-Z]{32}$/;

/** What the list of the token's owner says; undefined where the provider logs in as somebody else, or cannot ask. */
async function isKnown({ to, user, token }: TokenUse): Promise<boolean | undefined> {
  const { api } = to.settings;
  if (!api || (api.user ?? "root") !== user || !apiToken.test(token)) return undefined;
  try {
    return (await apiTokenGetDetails(to.api, { token: new Secret(token) })) !== undefined;
  } catch (error) {
    if (isServerError(error, "unknown-function", "missing-privilege")) return undefined;
    throw error;
  }
}

async function isAccepted(use: TokenUse): Promise<boolean | undefined> {
  try {
    const tls = await tlsOf(use.to);
    return tls && (await isLetIn(use, tls));
  } catch (error) {
    if (isServerError(error, "forwarding-refused")) return undefined;
    throw error;
  }
}

async function isLetIn(use: TokenUse, tls: PeerTls): Promise<boolean> {
  try {
    await presentToken(use, tls, version);
    return true;
  } catch (error) {
    // A refused log-in over SSH is another server's word.
    if (isServerError(error, "refused-credential") && error.server === use.to.name) return false;
    // It was let in: whether it may do this is another question.
    if (isServerError(error, "unknown-function", "missing-privilege", "refused-by-server")) return true;
    throw error;
  }
}

/** An entry whose token no resource of this program looks after. */
interface ForeignEntry {
  /** The server that stores the entry. */
  from: Server;
  /** The server that the token opens. */
  to: Server;
  address: string;
  found: Member;
}

/**
 * Whether the server that a token opens refuses it. A token that an `ApiToken` of the program has made is looked after by that
 * resource; one that was made by hand or in another stack would die without a word.
 */
export async function isRefused({ from, to, address, found }: ForeignEntry): Promise<boolean> {
  const { user = "root", pass } = found.fields;
  if (pass === undefined) return false;
  try {
    return (await isTokenAlive({ from, to, address, user, token: pass })) === false;
  } catch (error) {
    if (!isServerError(error)) throw error;
    // What is read is the entry, and that is known. Whether its token is alive is not.
    warn(
      `Whether ${to.name} still accepts the token of ${from.name} is not known: ${error.said} [${error.code}].`,
    );
    return false;
  }
}
