import type { ApiTokenInputs } from "../../schema/api-token";
import { Secret, ServerError, apiTokenGetDetails, type ApiTokenDetails, type Server } from "../../servers";
import { timeText } from "../../topology";

// WHM keeps an expired token in its list but treats it as if it did not exist.

/**
 * Whether a listed token has expired. The server's own clock decides: it no longer knows the secret of an expired
 * token. If it can't be asked safely, the clock of this machine decides.
 */
export async function isExpired(server: Server, found: ApiTokenDetails, token: string): Promise<boolean> {
  if (found.expiresAt === undefined) return false;
  if (!server.settings.api) return hasPassed(found.expiresAt);
  return (await apiTokenGetDetails(server.api, { token: new Secret(token) })) === undefined;
}

/** Whether a time, in seconds since 1970, is in the past. */
export function hasPassed(seconds: number): boolean {
  return seconds * 1000 <= Date.now();
}

/**
 * Refuses to make a token that would be expired at once.
 *
 * @param expiredAt expiry of the previous token, by the server's clock
 */
export function refusePastExpiry({ server, expiresAt }: ApiTokenInputs, expiredAt = 0): void {
  if (expiresAt === undefined || (expiresAt > expiredAt && !hasPassed(expiresAt))) return;
  throw new ServerError({
    code: "expired",
    server,
    phrase: "make an API token",
    said: `its expiresAt, ${timeText(expiresAt)}, has passed`,
    wayOut: "Give a later expiresAt, or none.",
  });
}
