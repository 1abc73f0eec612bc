import type { Allowance, RiskChoices } from "../../schema/risks";
import { isOver, type RiskFinding } from "./judge-change";

/**
 * Lists the allowances that allow nothing, a sentence each: those that have expired and, if the findings are known, those
 * that no finding needs.
 *
 * @param findings undefined if there is nothing to compare with
 * @param now milliseconds since 1970
 */
export function idleAllowances(
  { allow = [] }: RiskChoices,
  findings: readonly RiskFinding[] | undefined,
  now: number,
): string[] {
  const used = new Set(findings?.map(({ risk }) => risk));
  return allow.flatMap((allowance) => {
    const { risk, reason, until } = allowance;
    if (isOver(allowance, now))
      return `allow ${risk} (${reason}) has expired on ${until} and allows nothing: remove it, or give a later until.`;
    if (findings === undefined || used.has(risk)) return [];
    return `allow ${risk} (${reason}) is not needed by this change: remove it once nothing of the change is left to do.`;
  });
}

/** Names an allowance for a sentence about how to write one. */
export function exampleOf(risk: Allowance["risk"]): string {
  return `allow: [{ risk: "${risk}", reason: "...", until: "..." }]`;
}
