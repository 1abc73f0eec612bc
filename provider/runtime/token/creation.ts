import type { ApiTokenInputs } from "../../schema/api-token";
import {
  ServerError,
  apiTokenCreate,
  apiTokenList,
  apiTokenRevoke,
  isServerError,
  type ApiTokenDetails,
  type CreatedApiToken,
  type Server,
} from "../../servers";
import { hasPassed } from "./expiry";
import { tokenNameOf } from "./name";
import { tokenSettings } from "./settings";
import { mayBeStored } from "./users";
import { warn } from "../engine/warn";

/** A token to be made: its inputs and, if it is renewed, when the one before was made. */
export type PlannedToken = ApiTokenInputs & { readonly renews?: number };

/**
 * Makes a token. WHM shows a secret once: if the reply is lost, or a run is killed before it is saved, the token exists
 * and nobody can use it. It is then revoked by its name and made again.
 */
export async function createToken(server: Server, inputs: PlannedToken): Promise<CreatedApiToken> {
  const tokenName = await freeName(server, inputs);
  const request = { tokenName, ...tokenSettings(inputs) };
  try {
    return await apiTokenCreate(server.api, request);
  } catch (error) {
    if (!isUncertain(error)) throw error;
    await revokeAfter(error, server, tokenName);
  }
  try {
    return await apiTokenCreate(server.api, request);
  } catch (error) {
    // Otherwise the next run couldn't tell that nobody uses it.
    if (isUncertain(error)) await revokeAfter(error, server, tokenName);
    throw error;
  }
}

/** Whether a token may have been made whose secret was lost. */
function isUncertain(error: unknown): error is ServerError {
  return isServerError(error, "reply-lost", "unexpected-reply");
}

/** Revokes what a failed creation may have made. */
async function revokeAfter(failure: ServerError, server: Server, tokenName: string): Promise<void> {
  try {
    const tokens = await apiTokenList(server.api);
    if (tokens.some((token) => token.name === tokenName)) await apiTokenRevoke(server.api, { tokenName });
  } catch (error) {
    throw isServerError(error) ? bothFailed(failure, error) : error;
  }
}

function bothFailed(first: ServerError, second: ServerError): ServerError {
  return new ServerError({
    code: first.code,
    server: first.server,
    phrase: first.phrase,
    said: `${first.said}; then it failed to ${second.phrase}: ${second.said} (${second.code})`,
    wayOut: `${second.wayOut} The token may be there, with a secret that nobody knows: the next run looks for it.`,
    cause: second,
  });
}

/** Returns the first name that no token in use has. */
async function freeName(server: Server, inputs: PlannedToken): Promise<string> {
  const taken = new Map((await apiTokenList(server.api)).map((token) => [token.name, token]));
  for (let attempt = 0; ; attempt += 1) {
    const name = tokenNameOf(inputs, attempt);
    const found = taken.get(name);
    if (!found) return name;
    if (inputs.tokenName !== undefined) throw nameTaken(inputs, name);
    if (isOver(found) || !(await mayBeStored(server, name, inputs.users))) {
      await apiTokenRevoke(server.api, { tokenName: name });
      return name;
    }
    warn(mayBeLeft(server, name));
  }
}

/** Whether a token opens nothing any more, whoever has it. */
function isOver({ expiresAt }: ApiTokenDetails): boolean {
  return expiresAt !== undefined && hasPassed(expiresAt);
}

function mayBeLeft(server: Server, name: string): string {
  return (
    `${server.name} has the API token ${name} already, and it is unknown whether something uses it. If this run does ` +
    "not replace it, an interrupted one may have left it: look at Manage API Tokens in WHM, and name the servers that store the token in `users`. This run uses another name."
  );
}

function nameTaken(inputs: ApiTokenInputs, name: string): ServerError {
  return new ServerError({
    code: "exists-already",
    server: inputs.server,
    phrase: `create the API token ${name}`,
    said: "there is a token of this name, and its secret cannot be read",
    wayOut: "Choose another tokenName, leave it out to have one made, or revoke the token in WHM first.",
  });
}
