import type { ApiTokenState } from "../../schema/api-token";
import { apiTokenList, apiTokenRevoke, type Server } from "../../servers";
import { isAutomaticName, tokenNameOf } from "./name";
import { mayBeStored } from "./users";

/** Assumed maximum of runs that are killed one after the other. */
const mostAttempts = 10;

/**
 * Revokes tokens that killed runs have left beside a token that is deleted: older ones that have one of its names and
 * that no server stores any more. They come from runs whose state was lost; the next run made another token, and the
 * members use that.
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
