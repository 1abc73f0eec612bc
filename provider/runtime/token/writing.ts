import { isDeepStrictEqual } from "node:util";
import type { ApiTokenInputs, ApiTokenState, TokenRenewal } from "../../schema/api-token";
import {
  apiTokenList,
  apiTokenRevoke,
  apiTokenUpdate,
  isServerError,
  type ApiTokenDetails,
  type Server,
} from "../../servers";
import { PartialFailure } from "../engine/failures";
import { createToken, type PlannedToken } from "./creation";
import { refusePastExpiry } from "./expiry";
import { expiryOfReplaced, revokeExpired } from "./kept-tokens";
import { notConfirmed } from "./not-confirmed";
import { renewalOf, standingRenewal } from "./renewal";
import { rememberMade } from "./replaced";
import { tokenSettings } from "./settings";
import { idOf, stateOf } from "./state";

/** Makes a new token in place of an expired one, which opens nothing but occupies the name. */
export async function renew(
  server: Server,
  expired: ApiTokenDetails,
  inputs: ApiTokenInputs,
): Promise<ApiTokenState> {
  refusePastExpiry(planned(inputs, renewalOf(inputs)), expired.expiresAt);
  await server.exclusively(() => apiTokenRevoke(server.api, { tokenName: expired.name }));
  return make(server, inputs);
}

/** Makes the token. WHM shows the secret once, so it is saved whatever fails afterwards. */
export async function make(server: Server, inputs: ApiTokenInputs): Promise<ApiTokenState> {
  rememberMade(inputs);
  const renewal = renewalOf(inputs);
  const wanted = planned(inputs, renewal);
  refusePastExpiry(wanted);
  const { token, keptUntil, ...made } = await server.exclusively(async () => ({
    keptUntil: await expiryOfReplaced(server, inputs),
    ...(await createToken(server, wanted)),
  }));
  const state = stateOf(inputs, made, token.reveal(), { renewal, keptUntil });
  try {
    confirm(server, wanted, await findNamed(server, made.name));
  } catch (error) {
    throw new PartialFailure(idOf(state), state, error);
  }
  return state;
}

function planned(inputs: ApiTokenInputs, renewal: TokenRenewal | undefined): PlannedToken {
  return renewal ? { ...inputs, expiresAt: renewal.until, renews: renewal.renews } : inputs;
}

/**
 * Changes only what differs, because WHM treats an update without changes as an error. Revokes kept tokens whose time is
 * over.
 */
export async function change(
  server: Server,
  found: ApiTokenDetails,
  inputs: ApiTokenInputs,
  state: ApiTokenState,
): Promise<ApiTokenState> {
  const newName = inputs.tokenName ?? found.name;
  const renewal = standingRenewal(state, inputs);
  const wanted = planned(inputs, renewal);
  const history = { renewal, keptUntil: await revokeExpired(server, state) };
  try {
    if (newName !== found.name || !hasSettings(found, wanted)) {
      await apiTokenUpdate(server.api, requestOf(wanted, found.name, newName));
    }
    return stateOf(inputs, confirm(server, wanted, await findNamed(server, newName)), state.token, history);
  } catch (error) {
    if (isServerError(error, ...refusals)) throw error;
    const unconfirmed = stateOf(inputs, found, state.token, history);
    throw new PartialFailure(idOf(unconfirmed), unconfirmed, error);
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
