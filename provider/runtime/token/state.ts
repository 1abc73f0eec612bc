import { isDeepStrictEqual } from "node:util";
import type { ApiTokenInputs, ApiTokenState, TokenRenewal } from "../../schema/api-token";
import type { ApiTokenDetails } from "../../servers";
import { isAutomaticName } from "./name";
import { declaredExpiry } from "./renewal";
import { tokenSettings } from "./settings";

/** Returns the id of a token in the state. */
export function idOf({ server, tokenName }: ApiTokenState): string {
  return `${server}/${tokenName}`;
}

/** What the state of a token says beside its inputs. */
export interface TokenHistory {
  /** How the token is renewed; undefined if the declared expiry counts. */
  readonly renewal: TokenRenewal | undefined;
  /** When the kept tokens have expired that it has replaced; undefined if there are none. */
  readonly keptUntil: number | undefined;
}

/** Returns the state of a token that has just been written. */
export function stateOf(
  inputs: ApiTokenInputs,
  made: ApiTokenDetails,
  token: string,
  { renewal, keptUntil }: TokenHistory,
): ApiTokenState {
  const { expiresAt: declared, rotate, serverAddress, renewBefore, keepOldFor, ...rest } = inputs;
  const expiresAt = renewal?.until ?? declared;
  return {
    ...rest,
    ...(serverAddress !== undefined && { serverAddress }),
    tokenName: made.name,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(rotate !== undefined && { rotate }),
    ...(renewBefore !== undefined && { renewBefore }),
    ...(renewal && { renewal }),
    ...(keepOldFor !== undefined && { keepOldFor }),
    ...(keptUntil !== undefined && { keptUntil }),
    token,
    createTime: made.createTime ?? 0,
  };
}

/** Returns the state with the live settings. What is equal but written differently stays as the user wrote it. */
export function liveState(state: ApiTokenState, found: ApiTokenDetails, expired: boolean): ApiTokenState {
  const { expiresAt: _before, expired: _expired, ...rest } = state;
  const { expiresAt, acls, whitelistIps } = tokenSettings(found);
  const written = tokenSettings(state);
  return {
    ...rest,
    tokenName: found.name,
    acls: isDeepStrictEqual(acls, written.acls) ? state.acls : acls,
    whitelistIps: isDeepStrictEqual(whitelistIps, written.whitelistIps) ? state.whitelistIps : whitelistIps,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(expired && { expired }),
  };
}

/** Returns live values as inputs, without a generated name, which nobody has declared. */
export function inputsOf(live: ApiTokenState): object {
  const {
    token: _secret,
    createTime: _time,
    tokenName,
    renewal: _renewal,
    keptUntil: _kept,
    ...inputs
  } = live;
  const expiresAt = declaredExpiry(live);
  return {
    ...inputs,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(!isAutomaticName(live) && { tokenName }),
  };
}
