import {
  isServerError,
  myprivs,
  presentToken,
  whmPort,
  type PeerTls,
  type Server,
  type ServerError,
  type ServerErrorCode,
} from "../../servers";
import type { Way, WayResult } from "./way";

/** A token to present at the end of a way. */
export interface WayToken {
  readonly to: Server;
  readonly tls: PeerTls;
  readonly user: string;
  readonly secret: string;
}

/**
 * Calls WHM's API from the server that will use the way. A refused token is presented once: WHM locks out addresses that
 * guess.
 *
 * @param token what to present, or why none is presented
 */
export async function tryWay(
  { address }: Way,
  from: Server,
  token: WayToken | string | undefined,
): Promise<WayResult> {
  const closed = await findClosed(from, address);
  if (closed) return closed;
  if (token === undefined || typeof token === "string") return { state: "open", said: token };
  const { to, tls, user, secret } = token;
  try {
    const held = await presentToken({ from, to, address, user, token: secret }, tls, myprivs);
    return judgePrivileges(held);
  } catch (error) {
    if (!isServerError(error)) throw error;
    return resultOf(error, from, to);
  }
}

/** Opens a connection and closes it. Returns undefined if something answers. */
async function findClosed(from: Server, address: string): Promise<WayResult | undefined> {
  try {
    const channel = await from.openChannel(address, whmPort);
    channel.destroy();
    return undefined;
  } catch (error) {
    if (isServerError(error, "unreachable", "timed-out")) return { state: "unreachable", said: error.said };
    if (isServerError(error)) return notAsked(error);
    throw error;
  }
}

function judgePrivileges(held: readonly string[]): WayResult {
  if (held.includes("clustering") || held.includes("all")) return { state: "accepted" };
  return { state: "refused", said: "it lacks the privilege clustering" };
}

function resultOf(error: ServerError, from: Server, to: Server): WayResult {
  const { code, said } = error;
  // The token was accepted. Whether it may ask for its privileges is another question.
  if (alsoAccepted.includes(code)) return { state: "accepted" };
  if (error.server === from.name) return notAsked(error);
  if (code === "refused-credential") return { state: "refused", said };
  if (code === "untrusted-certificate") return { state: "unproven", said };
  return { state: "unreachable", said: `WHM does not answer on ${to.name}: ${said}` };
}

const alsoAccepted: readonly ServerErrorCode[] = [
  "unknown-function",
  "missing-privilege",
  "refused-by-server",
];

/** Makes the result for a server that could not be asked. */
export function notAsked({ code, said, wayOut }: ServerError): WayResult {
  return {
    state: "not-asked",
    said: code === "forwarding-refused" ? `its sshd forbids forwarding (${said}). ${wayOut}` : said,
  };
}
