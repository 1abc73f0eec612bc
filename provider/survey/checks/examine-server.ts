import type { Connection } from "../../schema/connection";
import { apiHost, isBehindBastion, readClock, type Server } from "../../servers";
import { checkCommandApi, checkHttpsApi, type ApiLook } from "./api";
import { failed, judged, warning, type Check, type CheckResult } from "./check";
import { clockResult, commandClockResult } from "./clock";
import { checkFiles, versionResult, type FileFacts } from "./files";
import { checkForwarding } from "./forwarding";
import { listChecks, type Found } from "./names";
import { checkWayIn } from "./way-in";

/** What the checks of one server have found. */
export interface Examination {
  readonly server: string;
  readonly checks: readonly Check[];
  readonly facts: FileFacts;
}

/** Makes all checks of a server with one log-in. Writes nothing; trouble with the server is among the results. */
export async function examineServer(server: Server): Promise<Examination> {
  const { settings } = server;
  const { connection, api } = settings;
  const [overSsh, overHttps] = await Promise.all([
    connection ? lookOverSsh(server, connection) : { found: { connection: noConnection(server) }, facts: {} },
    api && checkHttpsApi(server, api),
  ]);
  const clock = await checkClock(server, overSsh.found, overHttps);
  const found = {
    ...(isUnnamed(server, overSsh.found) ? {} : overHttps?.found),
    ...(!connection && overHttps?.version && { version: versionResult(overHttps.version, settings.version) }),
    ...overSsh.found,
    ...(clock && { clock }),
  };
  const checks = listChecks(settings, { ...found, ...stranger(overHttps, overSsh.facts) });
  return { server: server.name, checks, facts: { version: overHttps?.version, ...overSsh.facts } };
}

async function lookOverSsh(
  server: Server,
  connection: Connection,
): Promise<{ found: Found; facts: FileFacts }> {
  const wayIn = await checkWayIn(server, connection);
  if (wayIn.login?.state !== "ok") return { found: wayIn, facts: {} };
  const [forwarding, { found, facts }, overCommands] = await Promise.all([
    checkForwarding(server),
    checkFiles(server),
    server.settings.api ? undefined : checkCommandApi(server),
  ]);
  return { found: { ...wayIn, forwarding, ...found, ...overCommands?.found }, facts };
}

/** Whether SSH and API have one host, whose name leads nowhere: it is reported once. */
function isUnnamed({ settings }: Server, { name }: Found): boolean {
  const { connection } = settings;
  const isDirect = connection && !isBehindBastion(connection);
  return name?.state === "failed" && isDirect === true && apiHost(settings) === connection.host;
}

function noConnection({ name, settings }: Server): CheckResult {
  const cure = `Add connection: { host, user, privateKeyFile, hostKey } to ${name}.`;
  return settings.api
    ? warning("there is no connection: only its tokens can be managed, and its files are not checked", cure)
    : failed("there is neither connection nor api, so nothing reaches it", cure);
}

/** Takes the time that the API told, else asks with a command. */
async function checkClock(
  server: Server,
  { login }: Found,
  overHttps: ApiLook | undefined,
): Promise<CheckResult | undefined> {
  const ahead = server.settings.api && server.api.clockAhead;
  if (ahead !== undefined) return clockResult(ahead);
  if (login?.state === "ok") return judged(async () => commandClockResult(await readClock(server)));
  return overHttps?.version === undefined ? undefined : clockResult(undefined);
}

/** Notices an API of another server than the one that SSH leads to. */
function stranger(overHttps: ApiLook | undefined, { hostname }: FileFacts): Found {
  const other = overHttps?.hostname?.toLowerCase();
  if (other === undefined || hostname === undefined || firstLabel(other) === firstLabel(hostname)) return {};
  return {
    api: failed(
      `the API is that of ${other}, but the connection leads to ${hostname}`,
      "Correct api.host and api.port, or connection.host.",
    ),
  };
}

/** Some machines know only this part of their name. */
function firstLabel(hostname: string): string {
  return hostname.split(".", 1)[0] ?? hostname;
}
