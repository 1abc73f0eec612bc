import type { ApiTokenState } from "../../schema/api-token";
import { apiTokenList, apiTokenRevoke, type ApiTokenDetails, type Server } from "../../servers";
import { warn } from "../engine/warn";
import { hasPassed } from "./expiry";
import { isAutomaticName, isNamedAfter } from "./name";
import { goesOn, isOfThisRun } from "./replaced";
import { mayBeStored, namesOfUsers } from "./users";

/**
 * Revokes tokens that killed runs have left beside a token that is deleted: those of the same resource that no server
 * stores any more. They come from runs whose state was lost; the next run made another token, and the members use that.
 * In a rotation the newest one stays: it has taken the deleted one's place. If the resource goes, none does.
 *
 * @param spares whether replaced tokens are kept until they expire
 */
export async function revokeLeftTokens(server: Server, state: ApiTokenState, spares: boolean): Promise<void> {
  if (!isAutomaticName(state)) return;
  const own = (await apiTokenList(server.api)).filter(({ name }) => isNamedAfter(state, name));
  const newest = Math.max(state.createTime, ...own.map(({ createTime = 0 }) => createTime));
  const left = own.filter(goesOn(state) ? isOlderThan(newest) : (token) => !isOfThisRun(server, token));
  const users = goesOn(state) ? state.users : namesOfUsers(state);
  for (const { name, expiresAt } of left) {
    if (spares && expiresAt !== undefined && !hasPassed(expiresAt)) continue;
    if (!(await mayBeStored(server, name, users))) await apiTokenRevoke(server.api, { tokenName: name });
    else if (!goesOn(state)) warn(staysBehind(server, name));
  }
}

function isOlderThan(time: number): (token: ApiTokenDetails) => boolean {
  return ({ createTime = time }) => createTime < time;
}

function staysBehind({ name: server }: Server, tokenName: string): string {
  return (
    `The API token ${tokenName} stays on ${server}: an interrupted run has left it, and a server may still store it. ` +
    "Revoke it at Manage API Tokens in WHM when nothing uses it."
  );
}
