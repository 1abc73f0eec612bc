import { Secret } from "../secret";
import type { Server } from "../server";
import type { WhmApi } from "./api";
import { learnCertificate, withPeerApi } from "./probe";
import type { PeerTls } from "./secure-connect";

/** A token, the server that will present it, and the server that it opens. */
export interface PresentedToken {
  from: Server;
  to: Server;
  /** Address under which `from` reaches `to`. */
  address: string;
  user: string;
  token: string;
}

/** Returns how to verify a server's certificate: by its settings, else by what its own SSH connection vouches for. */
export async function tlsOf(server: Server): Promise<PeerTls | undefined> {
  const { api, connection } = server.settings;
  if (api?.ca !== undefined || api?.fingerprint !== undefined || api?.insecureSkipTlsVerify) return api;
  if (connection) return { fingerprint: await learnCertificate(server) };
  return api;
}

/** Calls the API of the server that a token opens, with that token, from where it is used. */
export function presentToken<Result>(
  { from, to, address, user, token }: PresentedToken,
  tls: PeerTls,
  work: (api: WhmApi) => Promise<Result>,
): Promise<Result> {
  const peer = { name: to.name, address, hostname: to.settings.hostname, tls };
  return withPeerApi({ from, peer, user, token: new Secret(token) }, work);
}
