import type { RiskFinding } from "../risks/judge-change";
import { findingLines } from "./report";

/** Formats the risks of a change as plain text: the headline, and lines like those of the rules. */
export function reportRisks(findings: readonly RiskFinding[], headline: string): string {
  const lines = findings.map(({ risk, allowed, fix, ...finding }) => ({
    ...finding,
    rule: risk,
    fix: allowed === undefined ? fix : `${fix} (allowed: ${allowed})`,
  }));
  return [headline, ...findingLines(lines)].join("\n");
}
