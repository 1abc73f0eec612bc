import { createHash } from "node:crypto";
import type { Simulator } from "../../provider/simulator";

/** A token as the server's file holds it: lists that are absent mean no limit. */
export interface StoredToken {
  name: string;
  create_time: number;
  expires_at?: number;
  acls?: string[];
  whitelist_ips?: string[];
}

/** Where they lie. */
export const tokenFile = "/var/cpanel/authn/api_tokens_v2/whostmgr/root.json";

/** root's tokens on a server by age, without the one that the provider itself logs in with. */
export function storedTokens(simulator: Simulator, server: string): StoredToken[] {
  return Object.values(readAll(simulator, server)).filter(({ name }) => name !== "provider-access");
}

/** The token that a secret opens on a server. */
export function tokenOpenedBy(simulator: Simulator, server: string, secret: string): StoredToken | undefined {
  return readAll(simulator, server)[createHash("sha512").update(secret).digest("hex")];
}

/** Changes every such token behind the provider's back; undefined takes it away. */
export function editTokens(
  simulator: Simulator,
  server: string,
  edit: (token: StoredToken) => StoredToken | undefined,
): void {
  const edited = Object.entries(readAll(simulator, server)).flatMap(([hash, token]) => {
    const next = token.name === "provider-access" ? token : edit(token);
    return next ? [[hash, next] as const] : [];
  });
  simulator.files(server).write(tokenFile, JSON.stringify({ tokens: Object.fromEntries(edited) }));
}

function readAll(simulator: Simulator, server: string): Record<string, StoredToken> {
  const text = simulator.files(server).read(tokenFile) ?? '{"tokens":{}}';
  return (JSON.parse(text) as { tokens: Record<string, StoredToken> }).tokens;
}
