import {
  Secret,
  ServerError,
  isServerError,
  learnCertificate,
  myprivs,
  withPeerApi,
  type PeerTls,
  type Server,
} from "../servers";
import { warn } from "./warn";

/** A token, the server that will present it, and the server that it opens. */
export interface TokenUse {
  from: Server;
  to: Server;
  /** Address under which `from` reaches `to`. */
  address: string;
  user: string;
  token: string;
}

/**
 * Presents the token from where it will be used: one that is pinned to the address of `from` is refused from anywhere
 * else. WHM itself stores whatever it is given and fails later, without a message.
 */
export async function probeToken(use: TokenUse): Promise<void> {
  try {
    const tls = await tlsOf(use.to);
    if (!tls) return warn(unprobed(use, `the certificate of ${use.to.name} cannot be verified`));
    const held = await privilegesOf(use, tls);
    if (held) requireClustering(use, held);
    else warn(`${use.to.name} accepts the token of ${use.from.name}, but does not tell its privileges.`);
  } catch (error) {
    if (!isServerError(error, "forwarding-refused")) throw error;
    warn(unprobed(use, `${error.server} does not forward connections (AllowTcpForwarding)`));
  }
}

/** What the token may do; undefined where the server does not let a token with few privileges ask. */
async function privilegesOf(use: TokenUse, tls: PeerTls): Promise<string[] | undefined> {
  const { from, to, address, user, token } = use;
  const peer = { name: to.name, address, hostname: to.settings.hostname, tls };
  try {
    return await withPeerApi({ from, peer, user, token: new Secret(token) }, myprivs);
  } catch (error) {
    if (isServerError(error, "missing-privilege", "unknown-function", "refused-by-server")) return undefined;
    throw error;
  }
}

/** A token without the privilege opens the peer and then fails at every zone. */
function requireClustering({ from, to, user }: TokenUse, held: string[]): void {
  if (held.includes("clustering") || held.includes("all")) return;
  throw new ServerError({
    code: "missing-privilege",
    server: to.name,
    phrase: `let ${from.name} use its token`,
    said: `the token of ${user} lacks the privilege clustering (via: token-acl)`,
    wayOut: "Give the token acls: [clustering].",
  });
}

/** How to verify a server's certificate: as its settings say, else by what its own SSH connection vouches for. */
async function tlsOf(server: Server): Promise<PeerTls | undefined> {
  const { api, connection } = server.settings;
  if (api?.ca !== undefined || api?.fingerprint !== undefined || api?.insecureSkipTlsVerify) return api;
  if (connection) return { fingerprint: await learnCertificate(server) };
  return api;
}

function unprobed(use: TokenUse, reason: string): string {
  return `The token with which ${use.from.name} opens ${use.to.name} was not tried: ${reason}.`;
}
