import {
  ServerError,
  isServerError,
  myprivs,
  presentToken,
  tlsOf,
  type PeerTls,
  type PresentedToken,
} from "../../servers";
import { warn } from "../engine/warn";

/**
 * Presents the token from where it will be used, because one pinned to the address of `from` is refused from anywhere
 * else. WHM itself stores whatever it is given and fails later, without a message.
 *
 * @returns whether the token was accepted; false, with a warning, if it could not be tried
 */
export async function probeToken(use: PresentedToken): Promise<boolean> {
  const reason = await whyNotTried(use);
  if (reason !== undefined)
    warn(`The token that ${use.from.name} uses for ${use.to.name} was not tested: ${reason}`);
  return reason === undefined;
}

/**
 * Does the same and returns why the token could not be tried, as a sentence; undefined if it was accepted.
 *
 * @param tls how to verify the certificate of the server that the token opens, if that is known already
 */
export async function whyNotTried(use: PresentedToken, tls?: PeerTls): Promise<string | undefined> {
  try {
    const known = tls ?? (await tlsOf(use.to));
    if (!known) return `the certificate of ${use.to.name} cannot be verified.`;
    const held = await privilegesOf(use, known);
    if (held) requireClustering(use, held);
    else warn(`${use.to.name} accepts the token of ${use.from.name}, but does not list its privileges.`);
    return undefined;
  } catch (error) {
    if (!isServerError(error, "forwarding-refused")) throw error;
    return `${error.server} does not forward connections (AllowTcpForwarding).`;
  }
}

/** Reads the token's privileges; undefined if the server doesn't let a token with few privileges ask. */
async function privilegesOf(use: PresentedToken, tls: PeerTls): Promise<string[] | undefined> {
  try {
    return await presentToken(use, tls, myprivs);
  } catch (error) {
    if (isServerError(error, "missing-privilege", "unknown-function", "refused-by-server")) return undefined;
    throw error;
  }
}

/** Refuses a token without the privilege, which would be accepted by the peer and then fail at every zone. */
function requireClustering({ from, to, user }: PresentedToken, held: string[]): void {
  if (held.includes("clustering") || held.includes("all")) return;
  throw new ServerError({
    code: "missing-privilege",
    server: to.name,
    phrase: `let ${from.name} use its token`,
    said: `the token of ${user} lacks the privilege clustering (rule token-acl)`,
    wayOut: "Give the token acls: [clustering].",
  });
}
