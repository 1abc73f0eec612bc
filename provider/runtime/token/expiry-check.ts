import type * as pulumi from "@pulumi/pulumi";
import type { Properties } from "../engine/checked-inputs";
import { hasPassed, timeOf } from "./expiry";

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
