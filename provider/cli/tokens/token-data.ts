import type { ListedToken, TokenList } from "../../survey";
import { timeText } from "../../topology";

const day = 86_400;

/** Makes the data of `--json`. What is not known or does not apply is null. */
export function tokenData({ tokens, unreadable }: TokenList, now: number): object {
  return { tokens: tokens.map((token) => dataOf(token, now)), unreadable };
}

function dataOf(
  { server, name, createdAt, expiresAt, privileges, users, state }: ListedToken,
  now: number,
): object {
  return {
    server,
    name: name ?? null,
    state,
    created: createdAt === undefined ? null : timeText(createdAt),
    ageDays: createdAt === undefined ? null : Math.floor((now - createdAt) / day),
    expires: expiresAt === undefined ? null : timeText(expiresAt),
    daysLeft: expiresAt === undefined ? null : Math.floor((expiresAt - now) / day),
    users,
    acls: privileges ?? null,
  };
}
