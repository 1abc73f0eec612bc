import type { ApiTokenState } from "../../schema/api-token";
import { apiTokenList, apiTokenRevoke, type Server } from "../../servers";
import { isAutomaticName, tokenNameOf } from "./name";
import { mayBeStored } from "./users";

/** More runs than these are not killed one after the other. */
const mostAttempts = 10;

/**
 * Revokes what killed runs have left of a token that is deleted: older ones that bear one of its own names, and that no
 * server stores any more. A run whose state was lost has made such a token, the next one has made another beside it, and the
 * members have moved on to that.
 */
export async function revokeLeftTokens(server: Server, state: ApiTokenState): Promise<void> {
  if (!isAutomaticName(state)) return;
  const names = new Set(Array.from({ length: mostAttempts }, (_none, attempt) => nameOf(state, attempt)));
  const tokens = await apiTokenList(server.api);
  const older = tokens.filter(
    ({ name, createTime }) => names.has(name) && (createTime ?? Infinity) < state.createTime,
  );
  for (const { name } of older) {
    if (await mayBeStored(server, name, state.users)) continue;
    await apiTokenRevoke(server.api, { tokenName: name });
  }
}

function nameOf({ tokenName: _own, ...made }: ApiTokenState, attempt: number): string {
  return tokenNameOf(made, attempt);
}
