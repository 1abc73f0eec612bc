import type { RuleOverride, RuleOverrides } from "../../schema/rule-overrides";
import type { Finding } from "./finding";
import { nearestWord } from "../report/nearest-word";
import { findRule, rules } from "../rules";

const severities: readonly string[] = ["error", "warning", "off"];

/** Lists what the table of rules doesn't allow in a set of overrides, each as `path: what was expected`. */
export function overrideProblems(overrides: RuleOverrides = {}): string[] {
  return Object.entries(overrides).flatMap(([id, override]) =>
    [idProblem(id), severityProblem(id, override), reasonProblem(id, override)].filter(
      (problem) => problem !== undefined,
    ),
  );
}

/** Applies an override to a finding: changes its severity and adds the reason. Returns `undefined` if it is off. */
export function overridden(finding: Finding, overrides: RuleOverrides): Finding | undefined {
  const override = Object.hasOwn(overrides, finding.rule) ? overrides[finding.rule] : undefined;
  if (!override) return finding;
  if (override.severity === "off") return undefined;
  return { ...finding, severity: override.severity, reason: override.reason };
}

/** Applies overrides to findings. */
export function overriddenAll(findings: readonly Finding[], overrides: RuleOverrides): Finding[] {
  return findings.map((finding) => overridden(finding, overrides)).filter((finding) => finding !== undefined);
}

function idProblem(id: string): string | undefined {
  const rule = findRule(id);
  if (!rule) return `rules.${id}: there is no such rule; ${suggestion(id)}`;
  return rule.fixed
    ? `rules.${id}: this rule is fixed and accepts no override; change the topology instead`
    : undefined;
}

function suggestion(id: string): string {
  const ids = rules.map((rule) => rule.id);
  const nearest = nearestWord(id, ids);
  return nearest === undefined ? "see the table of rules" : `did you mean ${nearest}?`;
}

function severityProblem(id: string, override: RuleOverride): string | undefined {
  return severities.includes(override?.severity)
    ? undefined
    : `rules.${id}.severity: must be error, warning or off`;
}

function reasonProblem(id: string, override: RuleOverride): string | undefined {
  const reason: unknown = override?.reason;
  const given = typeof reason === "string" && reason.trim() !== "";
  return given
    ? undefined
    : `rules.${id}.reason: say why the rule is overridden; the reason is printed with its findings`;
}
