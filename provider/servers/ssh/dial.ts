import { setTimeout as pause } from "node:timers/promises";
import type { Semaphore } from "async-mutex";
import type { Connection } from "../../schema/connection";
import { givenCertificate, type SshCredentials, sshCredentials } from "../credentials";
import { type ErrorReporter, isServerError, type ServerError, troubleText } from "../errors";
import { Secret } from "../secret";
import { agentOf } from "./agent";
import { requireAgentKeys } from "./agent-keys";
import { type Authentication, authentication, type LoginCredentials } from "./authentication";
import type { SshConnection } from "./connection";
import { shownCertificate } from "./certificates/shown-certificate";
import { identitiesAt } from "./config-identities";
import { withDeadline } from "./deadline";
import type { DialProgress } from "./dial-progress";
import { handshake } from "./handshake";
import { type HostKeyPolicy, hostKeyPolicy } from "./host-key-policy";
import { type Line, tcpLine } from "./line";
import { Overheard } from "./overheard";
import { credentialPlaces, placeOf } from "./place";
import { type RouteHop, routeTo } from "./route";
import { secondsText } from "../seconds-text";

export interface DialRequest {
  connection: Connection;
  reporter: ErrorReporter;
  /** Limits the number of handshakes in progress. */
  handshakes: Semaphore;
  /** Told about each step. */
  progress: DialProgress;
}

/** A hop with everything that an attempt needs, computed once. */
interface Hop {
  user: string;
  sudo: boolean;
  /** Place of the hop in the settings. */
  field: string;
  /** Where each credential comes from, by the method that offers it. */
  places: Readonly<Record<string, string>>;
  phrase: string;
  credentials: LoginCredentials;
  hostKeys: HostKeyPolicy;
  openLine: () => Promise<Line>;
  deadlineSeconds: number;
  mostTries: number;
  reporter: ErrorReporter;
}

const firstPause = 250;
const longestPause = 5000;

/** Logs in to a server, through its bastions if it has any. The one that is dialled first is reached directly. */
export async function dial(request: DialRequest): Promise<SshConnection> {
  const { progress } = request;
  progress.route = [];
  progress.begin(0);
  const route = routeTo(request.connection, request.reporter);
  progress.route = route;
  let reached: SshConnection | undefined;
  for (const [place, hop] of route.entries()) {
    progress.begin(place);
    reached = await dialThrough(request, hop, reached);
  }
  // A route ends with the server.
  return reached!;
}

/** Dials a hop through the bastion before it, which is closed with it or if it can't be reached. */
async function dialThrough(
  request: DialRequest,
  hop: RouteHop,
  bastion: SshConnection | undefined,
): Promise<SshConnection> {
  try {
    const prepared = await prepare(request, hop);
    if (!bastion) return await dialHop(request, prepared);
    const openLine = (): Promise<Line> => lineThrough(bastion, hop, request.progress);
    const server = await dialHop(request, { ...prepared, openLine });
    void server.ended.then(() => bastion.close());
    return server;
  } catch (error) {
    bastion?.close();
    throw error;
  }
}

/** Opens a line that begins at the bastion, which resolves the name. It is the bastion that refuses. */
async function lineThrough(bastion: SshConnection, target: RouteHop, progress: DialProgress): Promise<Line> {
  const { host, port = 22 } = target;
  const line = await bastion.openLine(host, port).catch((error: unknown) => {
    if (!isServerError(error)) throw error;
    const from = progress.via ? ` from the bastion ${placeOf(progress.via)}` : "";
    const isForbidden = error.code === "forwarding-refused";
    throw bastion.reporter.error({
      ...error,
      phrase: `reach ${placeOf(target)}${from}`,
      ...(isForbidden && { said: `it forbids forwarding: ${error.said}`, wayOut: letForward }),
      cause: error,
    });
  });
  progress.pass("name");
  progress.pass("port");
  return line;
}

const letForward =
  "Set AllowTcpForwarding yes in the bastion's sshd_config, at least for this login (Match User), and see whether PermitOpen there allows the server; dropbear must run without -j.";

async function prepare({ reporter, progress }: DialRequest, hop: RouteHop): Promise<Hop> {
  const { field, port = 22 } = hop;
  const phrase = dialPhrase(hop, progress);
  const places = credentialPlaces(hop);
  progress.step = "login";
  const given = await credentialsOf(hop, phrase, reporter);
  const { agentSocket, identity, privateKey, password } = given;
  if (agentSocket !== undefined && identity === undefined && !privateKey && !password)
    await requireAgentKeys(agentSocket, places["agent"] ?? "", reporter);
  const credentials = { ...given, agent: given.identities ?? (await agentOf(given, reporter)) };
  progress.step = "hostKey";
  const hostKeys = await hostKeyPolicy({ hop, field, port, phrase, reporter, via: progress.via });
  return {
    user: hop.user ?? "root",
    sudo: hop.sudo === true,
    field,
    places,
    phrase,
    credentials,
    hostKeys,
    openLine: () => Promise.resolve(tcpLine(hop.host, port, progress)),
    deadlineSeconds: hop.perDialTimeout ?? 15,
    mostTries: hop.dialErrorLimit === -1 ? Infinity : Math.max(1, hop.dialErrorLimit ?? 10),
    reporter,
  };
}

/** Describes a dial: whoever refuses is named, the bastion or the server behind it. */
function dialPhrase(target: RouteHop, { hop, via }: DialProgress): string {
  const through = via ? ` through the bastion ${placeOf(via)}` : "";
  return `open an SSH connection to ${hop === "bastion" ? "the bastion " : ""}${placeOf(target)}${through}`;
}

/** Keys that OpenSSH's client configuration names count if the connection has no credential of its own. */
async function credentialsOf(
  hop: RouteHop,
  phrase: string,
  reporter: ErrorReporter,
): Promise<SshCredentials> {
  const { identities, identity, privateKeyPassword, field } = hop;
  if (!identities) return sshCredentials(hop, field, reporter);
  const passphrase =
    privateKeyPassword === undefined ? undefined : reporter.hide(new Secret(privateKeyPassword));
  const certificate = await givenCertificate(hop, field, reporter);
  const help = { passphrase, certificate, identity, phrase, reporter };
  return { identities: await identitiesAt(identities, help) };
}

async function dialHop({ handshakes, progress }: DialRequest, hop: Hop): Promise<SshConnection> {
  for (let tries = 1; ; tries++) {
    progress.step = "login";
    const login = authentication(hop.user, hop.credentials, hop.places["publickey"] ?? "", hop.reporter);
    progress.begin();
    try {
      return await handshakes.runExclusive(() => attempt(hop, login, progress));
    } catch (error) {
      // Once a credential was offered, a second try would count twice for the server's brute-force guard.
      const isWorthwhile = isTransient(error) && login.offered.length === 0;
      if (!isWorthwhile || tries >= hop.mostTries) throw withTries(error, tries, hop.reporter);
      await pause(Math.min(longestPause, firstPause * 2 ** (tries - 1)));
    }
  }
}

async function attempt(hop: Hop, login: Authentication, progress: DialProgress): Promise<SshConnection> {
  let line: Line | undefined;
  const overheard = new Overheard();
  const work = async (): Promise<SshConnection> => {
    const openLine = async (): Promise<Line> => (line = await hop.openLine());
    const hostKeys = await certifiedKeys(hop, openLine);
    return handshake({
      ...hop,
      hostKeys,
      line: await openLine(),
      authentication: login,
      progress,
      overheard,
    });
  };
  const working = work();
  try {
    return await withDeadline(working, hop.deadlineSeconds, () => late(hop, overheard, login));
  } catch (error) {
    line?.stream.destroy();
    // A line that still arrives is no longer wanted.
    working.then(
      (connection) => connection.close(),
      () => line?.stream.destroy(),
    );
    throw error;
  }
}

/** Asks for the server's certificate, on a line of its own, if an authority may certify its key. */
async function certifiedKeys(hop: Hop, openLine: () => Promise<Line>): Promise<HostKeyPolicy> {
  const { hostKeys, phrase, reporter } = hop;
  if (!hostKeys.withCertificate) return hostKeys;
  const { stream } = await openLine();
  const shown = await shownCertificate(stream).catch((cause: Error) => {
    const wayOut = "Check its address and port, the firewall, and that sshd runs. Nothing was changed.";
    throw reporter.error({ code: "unreachable", phrase, said: troubleText(cause), wayOut, cause });
  });
  return hostKeys.withCertificate(shown);
}

function late(hop: Hop, { line }: Overheard, { offered }: Authentication): ServerError {
  const asked = offered.at(-1) === "agent" ? `; the agent (${hop.places["agent"]}) was asked last` : "";
  return hop.reporter.error({
    code: "timed-out",
    phrase: hop.phrase,
    said: `no log-in within ${secondsText(hop.deadlineSeconds)}${asked}${line && "; it wrote"}`,
    wrote: line,
    wayOut: `${asked && "See whether the agent waits for a touch or a yes. "}Check the address, the firewall and the server's load, or raise perDialTimeout. Nothing was changed.`,
  });
}

function isTransient(error: unknown): boolean {
  return isServerError(error, "unreachable", "timed-out", "connection-lost");
}

function withTries(error: unknown, tries: number, reporter: ErrorReporter): unknown {
  if (tries === 1 || !isServerError(error)) return error;
  const { code, phrase, said, wayOut } = error;
  return reporter.error({ code, phrase, said: `${said} (tried ${tries} times)`, wayOut, cause: error });
}
