import { privilegesOf } from "./privileges";
import type { SimulatedServer } from "./simulated-server";
import { hashOf, isExpired } from "./tokens";
import { admits } from "./whitelist";

/** The caller of a function and its privileges; undefined privileges mean all. */
export interface Caller {
  readonly user: string;
  readonly acls: readonly string[] | undefined;
}

/** Root at the command line: no token, every privilege. */
export const rootCaller: Caller = { user: "root", acls: undefined };

/** Returns the caller of an `Authorization` header; undefined if it opens nothing from this address. */
export function authenticate(
  server: SimulatedServer,
  header: string,
  source: () => string,
): Caller | undefined {
  const [user, secret] = credentialIn(header);
  if (user === undefined || secret === undefined) return undefined;
  const token = server.tokensOf(user).get(hashOf(secret));
  if (token === undefined || isExpired(token, server.world.now())) return undefined;
  if (token.whitelist_ips && !admits(token.whitelist_ips, source())) return undefined;
  return { user, acls: token.acls ?? everythingOf(server, user) };
}

/** Forgets the token in an `Authorization` header. */
export function forgetToken(server: SimulatedServer, header: string): void {
  const [user = "", secret = ""] = credentialIn(header);
  const others = [...server.tokensOf(user)].filter(([hash]) => hash !== hashOf(secret));
  server.saveTokens(user, new Map(others));
}

function credentialIn(header: string): string[] {
  return /^whm\s+([A-Za-z0-9._-]+):(\S+)$/i.exec(header.trim())?.slice(1) ?? [];
}

function everythingOf(server: SimulatedServer, user: string): readonly string[] | undefined {
  return user === "root" ? undefined : privilegesOf(server.identity.type).filter((name) => name !== "all");
}
