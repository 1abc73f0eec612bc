import type { ApiAccess } from "../../schema/api-access";
import {
  apiHost,
  gethostname,
  isBehindBastion,
  isServerError,
  myprivs,
  readClock,
  version,
  type Server,
  type ServerError,
} from "../../servers";
import { failed, failedBy, judged, ok, warning, type CheckResult } from "./check";
import { noisyLogin } from "./clock";
import type { Found } from "./names";

export interface ApiLook {
  readonly found: Found;
  readonly version?: string;
  /** Host name of the server that answers. */
  readonly hostname?: string | undefined;
}

/** Checks the API of a server over HTTPS: its certificate, the token, and what the token may do. */
export async function checkHttpsApi(server: Server, access: ApiAccess): Promise<ApiLook> {
  try {
    const answered = await version(server.api);
    const [privileges, hostname] = await Promise.all([
      judged(async () => privilegesResult(await myprivs(server.api))),
      ownName(server),
    ]);
    const token = ok(`it is accepted for ${access.user ?? "root"}`);
    return { found: { api: answers(access), token, privileges }, version: answered.version, hostname };
  } catch (error) {
    if (!isServerError(error)) throw error;
    return { found: troubleOf(error, server, access) };
  }
}

/** Checks the API of a server through `whmapi1` over SSH, which needs no token. */
export async function checkCommandApi(server: Server): Promise<ApiLook> {
  try {
    const answered = await version(server.api);
    const privileges = await judged(async () => privilegesResult(await myprivs(server.api)));
    return { found: { api: ok("whmapi1 answers over SSH"), privileges }, version: answered.version };
  } catch (error) {
    if (!isServerError(error)) throw error;
    return { found: { api: await commandTrouble(error, server) } };
  }
}

/** Finds out whether the answer of whmapi1 can't be read because the log-in prints text of its own. */
function commandTrouble(error: ServerError, server: Server): Promise<CheckResult> {
  return judged(async () => {
    const { isNoisy, ahead } = await readClock(server);
    const isSpoiled = isServerError(error, "unexpected-reply") && isNoisy && ahead !== undefined;
    return isSpoiled ? failed(`${error.said}: ${noisyLogin.message}`, noisyLogin.cure) : failedBy(error);
  });
}

/** Returns the name of the server that answers. WHM may keep it from a token with few privileges. */
async function ownName(server: Server): Promise<string | undefined> {
  try {
    return (await gethostname(server.api)).hostname;
  } catch (error) {
    if (isServerError(error)) return undefined;
    throw error;
  }
}

function answers({ fingerprint, insecureSkipTlsVerify }: ApiAccess): CheckResult {
  if (fingerprint !== undefined) return ok("HTTPS, with the certificate in api.fingerprint");
  if (!insecureSkipTlsVerify) return ok("HTTPS, with a trusted certificate");
  return warning(
    "the certificate is not checked, so another machine may get the token",
    "Set api.fingerprint or api.ca, and remove insecureSkipTlsVerify.",
  );
}

function troubleOf(error: ServerError, { settings }: Server, access: ApiAccess): Found {
  const host = apiHost(settings);
  const isAboutToken = ["missing-credential", "invalid-value"].includes(error.code) && host !== undefined;
  if (isAboutToken) return { token: failedBy(error) };
  if (error.code === "refused-credential")
    return { api: answers(access), token: failed(`it is refused: ${error.said}`, error.wayOut) };
  const { connection } = settings;
  const isPastBastion = connection && access.host === undefined && isBehindBastion(connection);
  const advice = isPastBastion
    ? " The API is called directly and not through the bastion: set api.host, or leave out api, and whmapi1 is used over SSH."
    : "";
  return { api: failed(error.said, error.wayOut + advice) };
}

/** Needed to make a token for a cluster: a token can give only what its maker holds. */
const needed = ["clustering", "manage-api-tokens"];

/** Judges what a credential may do; `all` means root. */
export function privilegesResult(held: readonly string[]): CheckResult {
  if (held.includes("all")) return ok("every privilege, like root");
  const missing = needed.filter((privilege) => !held.includes(privilege));
  if (missing.length === 0) return ok(needed.join(", "));
  return failed(
    `the credential lacks ${missing.join(" and ")}, so it can't manage the tokens of a cluster`,
    `Give the token ${needed.join(" and ")}, and each privilege that it is to hand out, or use one of root's with every privilege.`,
  );
}
