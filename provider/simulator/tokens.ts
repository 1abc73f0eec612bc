import { createHash, randomInt } from "node:crypto";

/** A token as the file holds it: absent `acls` mean every privilege of the user, absent `whitelist_ips` any address. */
export interface StoredToken {
  readonly name: string;
  readonly create_time: number;
  readonly expires_at?: number;
  readonly acls?: readonly string[];
  readonly whitelist_ips?: readonly string[];
}

/** The tokens of one user by the SHA-512 of their secret, in hex. */
export type TokenStore = ReadonlyMap<string, StoredToken>;

/** Where the tokens of a WHM user lie. */
export function tokenFileOf(user: string): string {
  return `/var/cpanel/authn/api_tokens_v2/whostmgr/${user}.json`;
}

/** Reads the text of a token file; a missing or broken one holds no tokens. */
export function readTokens(text: string | undefined): TokenStore {
  try {
    const file = JSON.parse(text ?? "{}") as { tokens?: Record<string, StoredToken> };
    return new Map(Object.entries(file.tokens ?? {}));
  } catch {
    return new Map();
  }
}

/** The text of a token file. */
export function printTokens(tokens: TokenStore): string {
  return JSON.stringify({ tokens: Object.fromEntries(tokens) });
}

/** The same tokens with one put in, in the place of one with the same hash. */
export function withToken(tokens: TokenStore, hash: string, token: StoredToken): TokenStore {
  return new Map([...tokens, [hash, token]]);
}

/** The same tokens without those of these names. */
export function withoutTokens(tokens: TokenStore, names: readonly string[]): TokenStore {
  return new Map([...tokens].filter(([, token]) => !names.includes(token.name)));
}

/** A token and its hash, by name. */
export function findToken(
  tokens: TokenStore,
  name: string,
): { hash: string; token: StoredToken } | undefined {
  for (const [hash, token] of tokens) if (token.name === name) return { hash, token };
  return undefined;
}

/** An expired token stays listed but opens nothing. */
export function isExpired(token: StoredToken, now: number): boolean {
  return token.expires_at !== undefined && token.expires_at > 0 && token.expires_at * 1000 <= now;
}

/** The key under which a secret is stored. */
export function hashOf(secret: string): string {
  return createHash("sha512").update(secret).digest("hex");
}

/** A new secret: 32 digits and capitals. */
export function newSecret(): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return Array.from({ length: 32 }, () => letters.charAt(randomInt(letters.length))).join("");
}
