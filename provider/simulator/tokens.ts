import { createHash, randomInt } from "node:crypto";

/** A token as stored in the file. Absent `acls` mean every privilege of the user, absent `whitelist_ips` any address. */
export interface StoredToken {
  readonly name: string;
  readonly create_time: number;
  readonly expires_at?: number;
  readonly acls?: readonly string[];
  readonly whitelist_ips?: readonly string[];
}

/** Tokens of one user by the SHA-512 of their secret, in hex. */
export type TokenStore = ReadonlyMap<string, StoredToken>;

/** Returns the path of a WHM user's tokens. */
export function tokenFileOf(user: string): string {
  return `/var/cpanel/authn/api_tokens_v2/whostmgr/${user}.json`;
}

/** Parses a token file. A missing or broken one has no tokens. */
export function readTokens(text: string | undefined): TokenStore {
  try {
    const file = JSON.parse(text ?? "{}") as { tokens?: Record<string, StoredToken> };
    return new Map(Object.entries(file.tokens ?? {}));
  } catch {
    return new Map();
  }
}

/** Formats a token file. */
export function printTokens(tokens: TokenStore): string {
  return JSON.stringify({ tokens: Object.fromEntries(tokens) });
}

/** Adds a token, in place of any with the same hash. */
export function withToken(tokens: TokenStore, hash: string, token: StoredToken): TokenStore {
  return new Map([...tokens, [hash, token]]);
}

/** Removes the tokens with these names. */
export function withoutTokens(tokens: TokenStore, names: readonly string[]): TokenStore {
  return new Map([...tokens].filter(([, token]) => !names.includes(token.name)));
}

/** Finds a token and its hash by name. */
export function findToken(
  tokens: TokenStore,
  name: string,
): { hash: string; token: StoredToken } | undefined {
  for (const [hash, token] of tokens) if (token.name === name) return { hash, token };
  return undefined;
}

/** Whether a token has expired. It stays listed but opens nothing. */
export function isExpired(token: StoredToken, now: number): boolean {
  return token.expires_at !== undefined && token.expires_at > 0 && token.expires_at * 1000 <= now;
}

/** Returns the key under which a secret is stored. */
export function hashOf(secret: string): string {
  return createHash("sha512").update(secret).digest("hex");
}

/** Makes a new secret: 32 digits and capitals. */
export function newSecret(): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return Array.from({ length: 32 }, () => letters.charAt(randomInt(letters.length))).join("");
}
