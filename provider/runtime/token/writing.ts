import { isDeepStrictEqual } from "node:util";
import type { ApiTokenInputs, ApiTokenState } from "../../schema/api-token";
import {
  ServerError,
  apiTokenList,
  apiTokenRevoke,
  apiTokenUpdate,
  isServerError,
  type ApiTokenDetails,
  type Server,
} from "../../servers";
import { PartialFailure } from "../engine/failures";
import { createToken } from "./creation";
import { refusePastExpiry } from "./expiry";
import { tokenSettings } from "./settings";
import { idOf, stateOf } from "./state";

/** Makes a new token in place of an expired one, which opens nothing but occupies the name. */
export async function renew(
  server: Server,
  expired: ApiTokenDetails,
  inputs: ApiTokenInputs,
): Promise<ApiTokenState> {
  refusePastExpiry(inputs, expired.expiresAt);
  await server.exclusively(() => apiTokenRevoke(server.api, { tokenName: expired.name }));
  return make(server, inputs);
}

/** Makes the token. WHM shows the secret once, so it is saved whatever fails afterwards. */
export async function make(server: Server, inputs: ApiTokenInputs): Promise<ApiTokenState> {
  refusePastExpiry(inputs);
  const { token, ...made } = await server.exclusively(() => createToken(server, inputs));
  const state = stateOf(inputs, made, token.reveal());
  try {
    confirm(server, inputs, await findNamed(server, made.name));
  } catch (error) {
    throw new PartialFailure(idOf(state), state, error);
  }
  return state;
}

/** Changes only what differs, because WHM treats an update without changes as an error. */
export async function change(
  server: Server,
  found: ApiTokenDetails,
  inputs: ApiTokenInputs,
  token: string,
): Promise<ApiTokenState> {
  const newName = inputs.tokenName ?? found.name;
  try {
    if (newName !== found.name || !hasSettings(found, inputs)) {
      await apiTokenUpdate(server.api, requestOf(inputs, found.name, newName));
    }
    return stateOf(inputs, confirm(server, inputs, await findNamed(server, newName)), token);
  } catch (error) {
    if (isServerError(error, ...refusals)) throw error;
    const state = stateOf(inputs, found, token);
    throw new PartialFailure(idOf(state), state, error);
  }
}

/** Answers after which nothing has changed. */
const refusals = ["refused-by-server", "refused-credential", "missing-privilege"] as const;

async function findNamed(server: Server, name: string): Promise<ApiTokenDetails | undefined> {
  const tokens = await apiTokenList(server.api);
  return tokens.find((token) => token.name === name);
}

function hasSettings(found: ApiTokenDetails, inputs: ApiTokenInputs): boolean {
  return isDeepStrictEqual(tokenSettings(found), tokenSettings(inputs));
}

function requestOf(inputs: ApiTokenInputs, tokenName: string, newName: string) {
  return { tokenName, ...(newName !== tokenName && { newName }), ...tokenSettings(inputs) };
}

function confirm(
  server: Server,
  inputs: ApiTokenInputs,
  found: ApiTokenDetails | undefined,
): ApiTokenDetails {
  if (found && hasSettings(found, inputs)) return found;
  const said = found ? "its settings read back differently" : "it is not listed";
  throw notConfirmed(server, "write the API token", said);
}

/** Makes the error for a write that the server doesn't show afterwards. */
export function notConfirmed(server: Server, phrase: string, said: string): ServerError {
  return new ServerError({
    code: "not-confirmed",
    server: server.name,
    phrase,
    said,
    wayOut: "Look at Manage API Tokens in WHM, then run pulumi up again.",
  });
}
