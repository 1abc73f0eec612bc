import type { ListedToken, TokenList } from "../../survey";

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
    created: timeOf(createdAt),
    ageDays: createdAt === undefined ? null : Math.floor((now - createdAt) / day),
    expires: timeOf(expiresAt),
    daysLeft: expiresAt === undefined ? null : Math.floor((expiresAt - now) / day),
    users,
    acls: privileges ?? null,
  };
}

function timeOf(seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
