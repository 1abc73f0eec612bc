import {
  Secret,
  ServerError,
  feeds,
  learnCertificate,
  probePeer,
  type PeerTls,
  type Server,
} from "../servers";
import { warn } from "./warn";

// What has to be true of two live servers before one of them is told of the other.

/** The port on which cPanel & WHM servers answer each other. */
const whmPort = 2087;

/** A member with an address of the server itself would make it talk to itself. */
export function refuseOwnAddress(server: Server, address: string): void {
  const { address: main, publicAddress } = server.settings;
  if (address !== main && address !== publicAddress) return;
  throw new ServerError({
    code: "own-address",
    server: server.name,
    phrase: "add a member",
    said: `${address} is an address of ${server.name} itself`,
    wayOut: "Give the two servers addresses of their own.",
  });
}

/**
 * A nameserver that already sends zones to this web server would fill it with zones that do not belong there. The
 * topology cannot show this when the other direction was made by hand or by another stack.
 */
export async function refuseFeedingBack(server: Server, peer: Server): Promise<void> {
  if (isNameserver(server) || !isNameserver(peer) || !peer.settings.connection) return;
  const addresses = [server.settings.address, server.settings.publicAddress].filter((a) => a !== undefined);
  const fed = await Promise.all(addresses.map((address) => feeds(peer, address)));
  if (!fed.includes(true)) return;
  throw new ServerError({
    code: "feeds-back",
    server: peer.name,
    phrase: `link ${server.name} to ${peer.name}`,
    said: `${peer.name} already sends zones to ${server.name}, which makes unnecessary zones there (via: sync-back)`,
    wayOut: `Set the role of ${server.name} on ${peer.name} to standalone, or remove it there, first.`,
  });
}

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
    await probePeer({
      from: use.from,
      peer: { name: use.to.name, address: use.address, port: whmPort, tls },
      user: use.user,
      token: new Secret(use.token),
    });
  } catch (error) {
    if (!(error instanceof ServerError) || error.code !== "forwarding-refused") throw error;
    warn(unprobed(use, `${error.server} does not forward connections (AllowTcpForwarding)`));
  }
}

function isNameserver(server: Server): boolean {
  return server.settings.type === "dnsonly" || server.settings.nameserver === true;
}

/** How to verify a server's certificate: as its settings say, else by what its own SSH connection vouches for. */
async function tlsOf(server: Server): Promise<PeerTls | undefined> {
  const { api, connection } = server.settings;
  if (api?.ca !== undefined || api?.fingerprint !== undefined || api?.insecureSkipTlsVerify) {
    return { ca: api.ca, fingerprint: api.fingerprint, insecureSkipTlsVerify: api.insecureSkipTlsVerify };
  }
  return connection && { fingerprint: await learnCertificate(server) };
}

function unprobed(use: TokenUse, reason: string): string {
  return `The token with which ${use.from.name} opens ${use.to.name} was not tried: ${reason}.`;
}
