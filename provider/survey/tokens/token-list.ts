import type { ApiTokenDetails } from "../../servers";
import { compareAsRead } from "../../topology";
import { privilegesOf } from "../audit/token-settings";

/**
 * Whether a token opens its server: it is stored somewhere, or stored on none of the servers read; it has expired, or its
 * server doesn't know it.
 */
export type TokenState = "in-use" | "stored-nowhere" | "expired" | "unknown";

/** A token that one server stores for another, and what the other knows of it. */
export interface KeptToken {
  /** Server that it opens. */
  readonly server: string;
  /** Who keeps it: a server, a reseller on a server, or the connection itself. */
  readonly keeper: string;
  readonly token: ApiTokenDetails | undefined;
}

/** A token, as a table shows it. */
export interface ListedToken {
  /** Server that the token opens. */
  readonly server: string;
  /** Name of the token; undefined if the server doesn't know it. */
  readonly name: string | undefined;
  /** Seconds since 1970; undefined if unknown. */
  readonly createdAt: number | undefined;
  /** Seconds since 1970; undefined for a token that does not expire, or is not known. */
  readonly expiresAt: number | undefined;
  /** `all`, or the privileges it has; undefined if the server doesn't know it. */
  readonly privileges: readonly string[] | undefined;
  /** Who keeps it. */
  readonly users: readonly string[];
  readonly state: TokenState;
}

/**
 * Lists the tokens of a server by name, and those that others store for it in vain.
 *
 * @param kept tokens that are stored for this server
 * @param now seconds since 1970
 */
export function tokensOfServer(
  server: string,
  tokens: readonly ApiTokenDetails[],
  kept: readonly KeptToken[],
  now: number,
): ListedToken[] {
  // A token of another user than the one that has listed them is known all the same.
  const others = kept.flatMap(({ token }) => (token && !tokens.some(isNamed(token)) ? [token] : []));
  const all = [...tokens, ...unique(others)].sort((one, other) => compareAsRead(one.name, other.name));
  const known = all.map((token) => listed(server, token, kept, now));
  const unknown = kept
    .filter(({ token }) => token === undefined)
    .map(({ keeper }) => unknownTo(server, keeper));
  return [...known, ...unknown];
}

function listed(
  server: string,
  { name, createTime, expiresAt, acls }: ApiTokenDetails,
  kept: readonly KeptToken[],
  now: number,
): ListedToken {
  const users = [...new Set(kept.filter(({ token }) => token?.name === name).map(({ keeper }) => keeper))];
  const isOver = expiresAt !== undefined && expiresAt <= now;
  const state = isOver ? "expired" : users.length > 0 ? "in-use" : "stored-nowhere";
  return { server, name, createdAt: createTime, expiresAt, privileges: privilegesOf(acls), users, state };
}

function unknownTo(server: string, keeper: string): ListedToken {
  const nothing = { name: undefined, createdAt: undefined, expiresAt: undefined, privileges: undefined };
  return { server, ...nothing, users: [keeper], state: "unknown" };
}

function isNamed({ name }: ApiTokenDetails): (token: ApiTokenDetails) => boolean {
  return (token) => token.name === name;
}

function unique(tokens: readonly ApiTokenDetails[]): ApiTokenDetails[] {
  return tokens.filter((token, at) => tokens.findIndex(isNamed(token)) === at);
}
