import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import { domainToASCII } from "node:url";
import { troubleText } from "../errors";
import { placeOf } from "../ssh/place";
import type { CallFailure } from "./reply";
import { secondsText } from "../seconds-text";

/** How to check a server's certificate. With none of these, the authorities that Node trusts decide. */
export interface PeerTls {
  /** PEM text of the authority that signed it. */
  ca?: string | undefined;
  /** SHA-256 of the certificate itself, in hex with or without colons. The strictest; nothing else is then checked. */
  fingerprint?: string | undefined;
  /** Accept any certificate. */
  insecureSkipTlsVerify?: boolean | undefined;
}

export interface TlsTarget {
  /** Host name or address to connect to. */
  host: string;
  port: number;
  /** Declared host name of the server, which the certificate may have if `host` is an address or the end of a tunnel. */
  hostname?: string | undefined;
  tls: PeerTls;
  /** Existing connection, such as a forwarded channel. @default a new one to host and port */
  channel?: Duplex;
}

export interface SecureConnection {
  socket: TLSSocket;
  /** SHA-256 of the certificate that the server showed. */
  fingerprint: string;
}

/** A TLS connection failed. The caller knows what it was for and says so. */
export class TlsTrouble extends Error {
  override readonly name = "TlsTrouble";

  constructor(readonly failure: CallFailure) {
    super(failure.said);
  }
}

/** Seconds in which TCP and TLS must be ready. */
const deadline = 15;

/**
 * Opens a TLS connection and checks the certificate before a byte is sent on it.
 *
 * @throws TlsTrouble
 */
export function secureConnect(target: TlsTarget): Promise<SecureConnection> {
  return new Promise((resolve, reject) => {
    const socket = startTls(target);
    const fail = (failure: CallFailure): void => {
      clearTimeout(timer);
      socket.destroy();
      target.channel?.destroy();
      reject(new TlsTrouble(failure));
    };
    const onError = (error: Error): void => fail(noConnection(target, troubleText(error)));
    const onClose = (): void => fail(noConnection(target, "the connection was closed"));
    const timer = setTimeout(() => fail(silence(target)), deadline * 1000);
    socket.on("error", onError).on("close", onClose);
    socket.once("secureConnect", () => {
      // Called only once: in Node 20 a second call returns no certificate.
      const fingerprint = socket.getPeerX509Certificate()?.fingerprint256 ?? "no certificate";
      const failure = judge(fingerprint, socket, target);
      if (failure) return fail(failure);
      clearTimeout(timer);
      socket.off("error", onError).off("close", onClose);
      // An error without a listener would end the process. Users of the socket add their own listeners.
      socket.on("error", () => undefined);
      resolve({ socket, fingerprint });
    });
  });
}

/** Normalises a certificate's fingerprint to compare and show it. */
export function normalFingerprint(fingerprint: string): string {
  const hex = fingerprint.replaceAll(":", "").toUpperCase();
  return hex.match(/../g)?.join(":") ?? "";
}

function startTls({ host, port, hostname, tls, channel }: TlsTarget): TLSSocket {
  const name = isIP(host) ? hostname : inAscii(host);
  return connect({
    ...(channel ? { socket: channel } : { host, port }),
    ...(name && !isIP(name) ? { servername: name } : {}),
    secureContext: contextFor(tls.ca),
    ALPNProtocols: ["http/1.1"],
    checkServerIdentity: (_name, certificate) => identity([host, hostname], certificate),
    // Node would drop the connection before we can say which certificate was shown. `judge` refuses it instead.
    rejectUnauthorized: false,
  }).setNoDelay(true);
}

/** One for each authority: making one takes longer than the rest of opening a connection. */
const contexts = new Map<string | undefined, SecureContext>();

function contextFor(ca: string | undefined): SecureContext {
  const context = contexts.get(ca) ?? createSecureContext({ ca });
  contexts.set(ca, context);
  return context;
}

function identity(names: (string | undefined)[], certificate: PeerCertificate): Error | undefined {
  const problems = names
    .filter((name) => name !== undefined)
    .map((name) => checkServerIdentity(inAscii(name), certificate));
  return problems.every((problem) => problem !== undefined) ? problems[0] : undefined;
}

/** Returns a name as certificates have it: punycode for other scripts, without a final dot. */
function inAscii(name: string): string {
  return (domainToASCII(name) || name).replace(/\.$/, "");
}

function judge(shown: string, socket: TLSSocket, { tls }: TlsTarget): CallFailure | undefined {
  if (tls.fingerprint !== undefined) {
    const pinned = normalFingerprint(tls.fingerprint);
    return shown === pinned
      ? undefined
      : untrusted(`the server shows the certificate ${shown}, but ${pinned} is pinned`);
  }
  if (tls.insecureSkipTlsVerify || socket.authorized) return undefined;
  return untrusted(
    `the server shows the certificate ${shown}, which is not trusted: ${String(socket.authorizationError)}`,
  );
}

function untrusted(said: string): CallFailure {
  return {
    code: "untrusted-certificate",
    said,
    wayOut:
      "Compare it on the server: openssl x509 -in /var/cpanel/ssl/cpanel/cpanel.pem -noout -fingerprint -sha256. " +
      "If it is the same, set api.fingerprint to it, or api.ca to the authority that signed it.",
  };
}

function noConnection({ host, port }: TlsTarget, said: string): CallFailure {
  return {
    code: "unreachable",
    said: `no TLS connection to ${placeOf({ host, port })}: ${said}`,
    wayOut: "Check the address and port, the firewall, and that cpsrvd runs. Nothing was sent.",
  };
}

function silence({ host, port }: TlsTarget): CallFailure {
  return {
    code: "timed-out",
    said: `no TLS connection to ${placeOf({ host, port })} within ${secondsText(deadline)}`,
    wayOut: "Check the address and port, the firewall and the server's load. Nothing was sent.",
  };
}
