import type { ApiTokenState } from "../../schema/api-token";
import { apiTokenList, apiTokenRevoke, type ApiTokenDetails, type Server } from "../../servers";
import { hasPassed } from "./expiry";
import { isAutomaticName, isNamedAfter } from "./name";
import { mayBeStored } from "./users";

/**
 * Revokes tokens that killed runs have left beside a token that is deleted: those of the same resource that no server
 * stores any more. They come from runs whose state was lost; the next run made another token, and the members use that.
 * The newest one stays: it has taken the deleted one's place.
 *
 * @param spares whether replaced tokens are kept until they expire
 */
export async function revokeLeftTokens(server: Server, state: ApiTokenState, spares: boolean): Promise<void> {
  if (!isAutomaticName(state)) return;
  const own = (await apiTokenList(server.api)).filter(({ name }) => isNamedAfter(state, name));
  const newest = Math.max(state.createTime, ...own.map(({ createTime = 0 }) => createTime));
  for (const { name, expiresAt } of own.filter(isOlderThan(newest))) {
    if (spares && expiresAt !== undefined && !hasPassed(expiresAt)) continue;
    if (await mayBeStored(server, name, state.users)) continue;
    await apiTokenRevoke(server.api, { tokenName: name });
  }
}

function isOlderThan(time: number): (token: ApiTokenDetails) => boolean {
  return ({ createTime = time }) => createTime < time;
}
