import type { ApiTokenInputs, ApiTokenState } from "../../schema/api-token";
import {
  apiTokenList,
  apiTokenRevoke,
  apiTokenUpdate,
  type ApiTokenDetails,
  type Server,
} from "../../servers";
import { timeText } from "../../topology";
import { warn } from "../engine/warn";
import { hasPassed } from "./expiry";
import { isNamedAfter } from "./name";
import { notConfirmed } from "./not-confirmed";
import { declaredKeeping, isReplaced } from "./replaced";
import { tokenSettings } from "./settings";

// With `keepOldFor`, a token that was replaced is not revoked at once: it gets an expiry, by which WHM ends it even if
// nobody runs anything again. Later runs find it by its name and revoke it once it has expired.

const units = { m: 60, h: 3600, d: 86_400 };

/** Returns the seconds of a duration such as 24h. */
export function secondsOf(duration: string): number {
  return Number(duration.slice(0, -1)) * units[duration.slice(-1) as keyof typeof units];
}

/** Returns for how long a token that is deleted stays valid; undefined if it is not kept, or nothing has replaced it. */
export async function keptFor(server: Server, state: ApiTokenState): Promise<string | undefined> {
  const keepOldFor = declaredKeeping(state);
  return keepOldFor !== undefined && (await isReplaced(server, state)) ? keepOldFor : undefined;
}

/** Lets a token expire after some time, unless it expires earlier anyway. */
export async function letExpire(server: Server, found: ApiTokenDetails, duration: string): Promise<void> {
  const until = Math.floor(Date.now() / 1000) + secondsOf(duration);
  if (found.expiresAt !== undefined && found.expiresAt <= until) return;
  await apiTokenUpdate(server.api, { tokenName: found.name, ...tokenSettings(found), expiresAt: until });
  const tokens = await apiTokenList(server.api);
  if (tokens.find(({ name }) => name === found.name)?.expiresAt === until) return;
  throw notConfirmed(server, `let the API token ${found.name} expire`, "its expiry reads back differently");
}

/** Returns when the tokens that a new one replaces will have expired; undefined if there are none, or none is kept. */
export async function expiryOfReplaced(
  server: Server,
  { keepOldFor, ...owner }: ApiTokenInputs,
): Promise<number | undefined> {
  if (keepOldFor === undefined) return undefined;
  const before = (await apiTokenList(server.api)).filter(({ name }) => isNamedAfter(owner, name));
  return before.length === 0 ? undefined : Math.floor(Date.now() / 1000) + secondsOf(keepOldFor);
}

/** Whether kept tokens have expired by now, as far as the state knows. Says that they are revoked. */
export function isCleaningDue({ server, tokenName, keptUntil }: ApiTokenState): boolean {
  if (keptUntil === undefined || !hasPassed(keptUntil)) return false;
  warn(
    `${server}: the token that ${tokenName} has replaced was kept until ${timeText(keptUntil)}: it is revoked.`,
  );
  return true;
}

/**
 * Revokes the kept tokens of a resource that have expired.
 *
 * @returns when the last of the others will have expired; undefined if there are none
 */
export async function revokeExpired(server: Server, state: ApiTokenState): Promise<number | undefined> {
  if (state.keptUntil === undefined || !hasPassed(state.keptUntil)) return state.keptUntil;
  const kept = await keptBeside(server, state);
  for (const { name } of kept.filter(({ expiresAt }) => hasPassed(expiresAt)))
    await apiTokenRevoke(server.api, { tokenName: name });
  const left = kept.map(({ expiresAt }) => expiresAt).filter((time) => !hasPassed(time));
  return left.length === 0 ? undefined : Math.max(...left);
}

/** Revokes every kept token of a resource that is deleted for good. */
export async function revokeKept(server: Server, state: ApiTokenState): Promise<void> {
  if (state.keptUntil === undefined) return;
  for (const { name } of await keptBeside(server, state))
    await apiTokenRevoke(server.api, { tokenName: name });
}

/** Lists the older tokens of a resource that have an expiry. */
async function keptBeside(
  server: Server,
  state: ApiTokenState,
): Promise<(ApiTokenDetails & { expiresAt: number })[]> {
  const tokens = await apiTokenList(server.api);
  return tokens.flatMap(({ expiresAt, ...token }) => {
    const isOlder = (token.createTime ?? state.createTime) < state.createTime;
    return expiresAt !== undefined && isOlder && isNamedAfter(state, token.name)
      ? [{ ...token, expiresAt }]
      : [];
  });
}
