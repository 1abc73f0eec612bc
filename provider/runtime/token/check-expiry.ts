import type * as pulumi from "@pulumi/pulumi";
import { countText, timeText } from "../../topology";
import type { Properties } from "../engine/checked-inputs";
import { hasPassed } from "./expiry";
import { day, renewalOf } from "./renewal";

/**
 * Makes a provider's check refuse, in the plan, a new expiry in the past, or one that would be renewed at once. One that
 * the resource has already is accepted: time passes while a program rests, and other changes and `destroy` still have to
 * work.
 */
export function refusingUselessExpiry(
  provider: pulumi.dynamic.ResourceProvider,
): pulumi.dynamic.ResourceProvider {
  return {
    ...provider,
    check: async (olds: Properties, news: Properties) => {
      const checked = (await provider.check?.(olds, news)) ?? {};
      const reason = problemOf(olds, (checked.inputs ?? {}) as Properties);
      return reason === undefined ? checked : { ...checked, failures: [{ property: "", reason }] };
    },
  };
}

function problemOf(olds: Properties, news: Properties): string | undefined {
  const { expiresAt, renewBefore, logicalName } = news;
  if (typeof expiresAt !== "number" || expiresAt === olds["expiresAt"]) return undefined;
  // The engine checks the new token of a replacement once more, after the diff and without the old inputs.
  if (renewalOf({ logicalName: String(logicalName), expiresAt })) return undefined;
  if (hasPassed(expiresAt)) return `expiresAt: ${timeText(expiresAt)} lies in the past; give a later time`;
  const left = expiresAt - Date.now() / 1000;
  if (typeof renewBefore !== "number" || left > renewBefore * day) return undefined;
  return (
    `renewBefore: the token expires in ${countText(Math.floor(left / day), "day")} and would be replaced at once; ` +
    `give a later expiresAt, or fewer days than ${renewBefore}`
  );
}
