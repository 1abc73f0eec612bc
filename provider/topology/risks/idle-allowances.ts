import type { Allowance, RiskChoices, RiskId } from "../../schema/risks";
import { isOver } from "./judge-change";

/**
 * Lists the allowances that allow nothing, a sentence each: those that have expired and, if it is known what the change
 * takes, those of other risks.
 *
 * @param taken risks that the change takes or may take; undefined if there is nothing to compare with
 * @param now milliseconds since 1970
 */
export function idleAllowances(
  { allow = [] }: RiskChoices,
  taken: ReadonlySet<RiskId> | undefined,
  now: number,
): string[] {
  return allow.flatMap((allowance) => {
    const { risk, reason, until } = allowance;
    if (isOver(allowance, now))
      return `allow ${risk} (${reason}) has expired on ${until} and allows nothing: remove it, or give a later until.`;
    if (taken?.has(risk) ?? true) return [];
    return `allow ${risk} (${reason}) is not needed by this change: remove it once nothing of the change is left to do.`;
  });
}

/** Names an allowance for a sentence about how to write one. */
export function exampleOf(risk: Allowance["risk"]): string {
  return `allow: [{ risk: "${risk}", reason: "...", until: "..." }]`;
}
