import { isDeepStrictEqual } from "node:util";
import type { ApiTokenInputs, ApiTokenState } from "../../schema/api-token";
import type { ApiTokenDetails } from "../../servers";
import { isAutomaticName } from "./name";
import { tokenSettings } from "./settings";

/** The key under which the state knows a token. */
export function idOf({ server, tokenName }: ApiTokenState): string {
  return `${server}/${tokenName}`;
}

/** What the state holds of a token that has just been written. */
export function stateOf(inputs: ApiTokenInputs, made: ApiTokenDetails, token: string): ApiTokenState {
  const { expiresAt, rotate, serverAddress, ...rest } = inputs;
  return {
    ...rest,
    ...(serverAddress !== undefined && { serverAddress }),
    tokenName: made.name,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(rotate !== undefined && { rotate }),
    token,
    createTime: made.createTime ?? 0,
  };
}

/** The state with the live settings; what is equal but written in another way stays as the user wrote it. */
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

/** What can be declared, with live values; a name that was made up here is nobody's declaration. */
export function inputsOf(live: ApiTokenState): object {
  const { token: _secret, createTime: _time, tokenName, ...inputs } = live;
  return { ...inputs, ...(!isAutomaticName(live) && { tokenName }) };
}
