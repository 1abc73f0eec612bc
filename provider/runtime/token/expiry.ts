import type * as pulumi from "@pulumi/pulumi";
import type { ApiTokenInputs } from "../../schema/api-token";
import { Secret, ServerError, apiTokenGetDetails, type ApiTokenDetails, type Server } from "../../servers";
import type { Properties } from "../engine/checked-inputs";

// WHM keeps an expired token in its list and takes it for one that does not exist.

/**
 * Whether a listed token has expired. The server's own clock decides: it no longer knows the secret of an expired
 * token. Where it cannot be asked in safety, the clock of this machine has to do.
 */
export async function isExpired(server: Server, found: ApiTokenDetails, token: string): Promise<boolean> {
  if (found.expiresAt === undefined) return false;
  if (!server.settings.api) return hasPassed(found.expiresAt);
  return (await apiTokenGetDetails(server.api, { token: new Secret(token) })) === undefined;
}

/** Whether a time, in seconds since 1970, lies in the past. */
export function hasPassed(seconds: number): boolean {
  return seconds * 1000 <= Date.now();
}

/** A time as people read it. */
export function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/**
 * Refuses to make a token that would be dead at once.
 *
 * @param expiredAt when the token before it has expired, by the clock of the server
 */
export function refusePastExpiry({ server, expiresAt }: ApiTokenInputs, expiredAt = 0): void {
  if (expiresAt === undefined || (expiresAt > expiredAt && !hasPassed(expiresAt))) return;
  throw new ServerError({
    code: "expired",
    server,
    phrase: "make an API token",
    said: `its expiresAt, ${timeOf(expiresAt)}, has passed`,
    wayOut: "Give a later expiresAt, or none.",
  });
}

/**
 * Has a provider's check also refuse an end of life in the past, at plan. One that the resource has already is let
 * through: time goes by while a program rests, and other changes and `destroy` have to work all the same.
 */
export function refusingPastExpiry(
  provider: pulumi.dynamic.ResourceProvider,
): pulumi.dynamic.ResourceProvider {
  return {
    ...provider,
    check: async (olds: Properties, news: Properties) => {
      const checked = (await provider.check?.(olds, news)) ?? {};
      const reason = pastExpiry(olds, (checked.inputs ?? {}) as Properties);
      return reason === undefined ? checked : { ...checked, failures: [{ property: "", reason }] };
    },
  };
}

function pastExpiry(olds: Properties, news: Properties): string | undefined {
  const { expiresAt } = news;
  if (typeof expiresAt !== "number" || expiresAt === olds["expiresAt"] || !hasPassed(expiresAt)) {
    return undefined;
  }
  return `expiresAt: ${timeOf(expiresAt)} lies in the past; give a later time`;
}
