import type { RiskId } from "../../schema/risks";
import type { TopologyGateInputs } from "../../schema/topology-gate";
import { ownerOf } from "../../servers";
import { exampleOf, idleAllowances, reportRisks, type RiskFinding } from "../../topology";
import { warn } from "../engine/warn";

/**
 * Returns the text of a rejection, or undefined if no finding is an error.
 *
 * @param basis what the change is compared with
 */
export function reportOf(
  findings: readonly RiskFinding[],
  { logicalName }: TopologyGateInputs,
  basis: string,
): string | undefined {
  const errors = findings.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (!first) return undefined;
  const { resource } = ownerOf(logicalName);
  const report = reportRisks(errors, `The change of ${resource} is rejected, compared with ${basis}`);
  return `${report}\n\nNothing is written. Take smaller steps, or give a reason: ${exampleOf(first.risk)}.`;
}

/** Warnings that were shown in this process: the check of a gate shows most of them before it is updated. */
const shown = new Set<string>();

/** Shows the risks that are no error. */
export function warnOfRisks(findings: readonly RiskFinding[], gate: TopologyGateInputs, basis: string): void {
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const lines = reportRisks(warnings, "");
  if (warnings.length > 0 && !shown.has(lines))
    warn(`The change of ${ownerOf(gate.logicalName).resource} takes risks, compared with ${basis}${lines}`);
  shown.add(lines);
}

/**
 * Shows the allowances that allow nothing.
 *
 * @param taken risks that the change takes or may take; undefined if there is nothing to compare with
 */
export function warnOfAllowances(gate: TopologyGateInputs, taken?: readonly RiskId[]): void {
  for (const sentence of idleAllowances(gate, taken && new Set(taken), Date.now())) warn(sentence);
}
