import type { Connection } from "../../schema/connection";
import {
  hostText,
  isServerError,
  type DialProgress,
  type DialStep,
  type HopPlace,
  type Server,
  type ServerError,
} from "../../servers";
import { failed, failedBy, ok, warning, type CheckResult } from "./check";
import type { CheckName, Found } from "./names";

// A server is dialled once. How far the dial came says which of these checks failed.

/** Logs in to a server and finds the checks of the way in, up to the first that failed. */
export async function checkWayIn(server: Server, connection: Connection): Promise<Found> {
  try {
    await server.logIn();
    return passedChecks(server.dialled, connection);
  } catch (error) {
    if (!isServerError(error)) throw error;
    const trouble = troubleOf(error, server.dialled);
    return { ...passedChecks(server.dialled, connection, trouble.check), [trouble.check]: trouble.result };
  }
}

interface Trouble {
  readonly check: CheckName;
  readonly result: CheckResult;
}

const checkOf: Readonly<Record<DialStep, CheckName>> = {
  name: "name",
  port: "port",
  hostKey: "host-key",
  login: "login",
};

function troubleOf(error: ServerError, dialled: DialProgress): Trouble {
  if (dialled.target === undefined) return { check: "connection", result: failedBy(error) };
  if (dialled.via && dialled.step === "name") return onBastion(throughBastion(error, dialled), dialled);
  if (dialled.hop === "bastion") return { check: "bastion", result: bastionFailed(error, dialled) };
  if (dialled.step === "name") return { check: "name", result: unresolved(error, dialled) };
  return { check: showsNoKey(error, dialled) ? "port" : checkOf[dialled.step], result: failedBy(error) };
}

/** Blames the bastions if one of them does not reach the next one. */
function onBastion({ check, result }: Trouble, { hop }: DialProgress): Trouble {
  return { check: hop === "bastion" ? "bastion" : check, result };
}

/** Whether the port answers, but not as an SSH server that shows its key. */
function showsNoKey(error: ServerError, { step }: DialProgress): boolean {
  const codes = ["unreachable", "timed-out", "connection-lost", "unexpected-reply"] as const;
  return step === "hostKey" && isServerError(error, ...codes);
}

function unresolved({ said }: ServerError, { target }: DialProgress): CheckResult {
  return failed(
    target ? said.replace(target.host, () => hostText(target.host)) : said,
    "Correct connection.host, or the name's entry in DNS or in /etc/hosts of this machine.",
  );
}

function bastionFailed({ said, wayOut }: ServerError, { target }: DialProgress): CheckResult {
  return failed(
    `the bastion ${placeOf(target)}: ${said}`,
    `${wayOut} It is about the bastion, connection.proxy.`,
  );
}

/** A bastion resolves the name of the next hop and connects to its port. It says why it did not. */
function throughBastion(error: ServerError, { via, target }: DialProgress): Trouble {
  const { said } = error;
  const [bastion, server] = [placeOf(via), placeOf(target)];
  if (isServerError(error, "forwarding-refused")) {
    const cure = `Set AllowTcpForwarding yes in the sshd_config of the bastion, and see whether PermitOpen there allows ${server}.`;
    return {
      check: "bastion",
      result: failed(`the bastion ${bastion} does not forward to ${server}: ${said}`, cure),
    };
  }
  const message = `the bastion ${bastion} does not reach ${server}: ${said}`;
  return isAboutName(said)
    ? { check: "name", result: failed(message, "Correct connection.host: the bastion resolves it.") }
    : {
        check: "port",
        result: failed(
          message,
          "Check its address and port, that sshd runs, and that no firewall is in between.",
        ),
      };
}

/** OpenSSH sends the resolver's message. */
function isAboutName(said: string): boolean {
  return /name or service|name resolution|not known|nodename|ENOTFOUND|EAI_AGAIN/i.test(said);
}

function placeOf(hop: HopPlace | undefined): string {
  return hop ? `${hop.host} port ${hop.port ?? 22}` : "";
}

/** Finds the checks that the dial has passed, leaving out the one that failed after all. */
function passedChecks(dialled: DialProgress, connection: Connection, without?: CheckName): Found {
  const ofServer = dialled.hop === "server" ? dialled.passed : new Set<DialStep>();
  const passed: Found = {
    ...(dialled.hop === "server" && dialled.via && { bastion: ok(bastionsText(dialled)) }),
    ...((ofServer.has("name") || without === "port") && {
      name: ok(nameText(dialled)),
    }),
    ...(ofServer.has("port") && { port: ok(portText(dialled)) }),
    ...(ofServer.has("hostKey") && { "host-key": hostKeyResult(connection) }),
    ...(ofServer.has("login") && { login: ok(loginText(dialled)) }),
  };
  if (without) delete passed[without];
  return passed;
}

function bastionsText({ route }: DialProgress): string {
  const bastions = route.slice(0, -1).map(placeOf);
  return bastions.length > 1 ? `${bastions.join(" and ")} let through` : `${bastions.join()} lets through`;
}

function portText({ target }: DialProgress): string {
  return `port ${target?.port ?? 22} answers`;
}

function loginText({ target }: DialProgress): string {
  return `${target?.user ?? "root"} may log in`;
}

function nameText({ target, via }: DialProgress): string {
  const { host = "" } = target ?? {};
  if (/^[\d.]+$|:/.test(host)) return `${host} is an address`;
  return via ? `the bastion resolves ${host}` : `${host} resolves`;
}

function hostKeyResult({ hostKey, insecureSkipHostKeyCheck }: Connection): CheckResult {
  if (hostKey !== undefined) return ok("the key is the one in connection.hostKey");
  if (!insecureSkipHostKeyCheck) return ok("the key is one in the files of known hosts");
  return warning(
    "the key is not checked, so another machine may answer in the server's place",
    "Compare it on the server's console, set connection.hostKey, and remove insecureSkipHostKeyCheck.",
  );
}
