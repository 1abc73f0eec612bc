import { ErrorReporter } from "../errors";
import type { Secret } from "../secret";
import type { Server } from "../server";
import type { WhmApi } from "./api";
import { HttpsTransport } from "./https-transport";
import { authority, whmPort } from "./own-api";
import { type PeerTls, type SecureConnection, secureConnect, TlsTrouble } from "./secure-connect";

/** A server as reached from another one. */
export interface Peer {
  /** Name of the peer, as the user wrote it. */
  name: string;
  address: string;
  /** @default 2087 */
  port?: number | undefined;
  /** Declared host name of the peer, which its certificate may have. */
  hostname?: string | undefined;
  tls: PeerTls;
}

export interface PeerAccess {
  /** Server from which the peer is called: a token may be pinned to its address. */
  from: Server;
  peer: Peer;
  /** WHM user on the peer. */
  user: string;
  /** Token of the peer. */
  token: Secret;
}

/**
 * Calls WHM API 1 of a peer from another server, with TLS inside a channel forwarded from there. Closes the connection
 * afterwards.
 *
 * @throws ServerError `refused-credential` naming peer and user of the token, `forwarding-refused` if sshd forbids it
 */
export async function withPeerApi<T>(access: PeerAccess, work: (api: WhmApi) => Promise<T>): Promise<T> {
  const { from, peer, user, token } = access;
  const reporter = new ErrorReporter(peer.name);
  reporter.hide(token);
  const transport = new HttpsTransport({
    reporter,
    authority: authority(peer.address, peer.port ?? whmPort),
    user,
    token: () => Promise.resolve(token),
    calledFrom: from.name,
    mostConnections: 1,
    connect: () => connectFrom(from, peer),
  });
  try {
    return await work(transport);
  } finally {
    await transport.close();
  }
}

/**
 * Returns the fingerprint of the certificate that a server's WHM shows to itself. Reads it through the server's own SSH
 * connection, so that its host key vouches for it.
 */
export async function learnCertificate(peer: Server, port = whmPort): Promise<string> {
  const own = { name: peer.name, address: "127.0.0.1", port, tls: { insecureSkipTlsVerify: true } };
  try {
    const { socket, fingerprint } = await connectFrom(peer, own);
    socket.destroy();
    return fingerprint;
  } catch (error) {
    if (!(error instanceof TlsTrouble)) throw error;
    throw new ErrorReporter(peer.name).error({ phrase: "read its own certificate", ...error.failure });
  }
}

async function connectFrom(
  from: Server,
  { address, port = whmPort, hostname, tls }: Peer,
): Promise<SecureConnection> {
  const channel = await from.openChannel(address, port);
  const connection = await secureConnect({ host: address, port, hostname, tls, channel });
  connection.socket.once("close", () => channel.destroy());
  return connection;
}
