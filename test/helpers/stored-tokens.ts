import type { Simulator } from "../../provider/simulator";
import { hashOf, newSecret } from "../../provider/simulator/tokens";

/** A token as the server's file holds it: lists that are absent mean no limit. */
export interface StoredToken {
  name: string;
  create_time: number;
  expires_at?: number;
  acls?: string[];
  whitelist_ips?: string[];
}

/** A simulator or a testbed. */
type Bed = Pick<Simulator, "files">;

/** Where they lie. */
export const tokenFile = "/var/cpanel/authn/api_tokens_v2/whostmgr/root.json";

/** root's tokens on a server by age, without the one that the provider itself logs in with. */
export function storedTokens(simulator: Bed, server: string): StoredToken[] {
  return Object.values(readAll(simulator, server)).filter(({ name }) => name !== "provider-access");
}

/** The token that a secret opens on a server. */
export function tokenOpenedBy(simulator: Bed, server: string, secret: string): StoredToken | undefined {
  return readAll(simulator, server)[hashOf(secret)];
}

/** Makes a token as somebody does by hand in WHM; it may do what a cluster needs, from anywhere. */
export function addToken(simulator: Bed, server: string, name: string): string {
  const secret = newSecret();
  const token: StoredToken = { name, create_time: Math.floor(Date.now() / 1000), acls: ["clustering"] };
  const tokens = { ...readAll(simulator, server), [hashOf(secret)]: token };
  simulator.files(server).write(tokenFile, JSON.stringify({ tokens }), 0o600);
  return secret;
}

/** Changes every such token behind the provider's back; undefined takes it away. */
export function editTokens(
  simulator: Bed,
  server: string,
  edit: (token: StoredToken) => StoredToken | undefined,
): void {
  const edited = Object.entries(readAll(simulator, server)).flatMap(([hash, token]) => {
    const next = token.name === "provider-access" ? token : edit(token);
    return next ? [[hash, next] as const] : [];
  });
  simulator.files(server).write(tokenFile, JSON.stringify({ tokens: Object.fromEntries(edited) }));
}

function readAll(simulator: Bed, server: string): Record<string, StoredToken> {
  const text = simulator.files(server).read(tokenFile) ?? '{"tokens":{}}';
  return (JSON.parse(text) as { tokens: Record<string, StoredToken> }).tokens;
}
