import type { RuleId } from "../rules";
import type { LinkEnds, Severity } from "./rule";

/** What one rule has to say about one place in a topology. */
export interface Finding {
  /** Id of the rule in the table. */
  rule: RuleId;
  /** `error` rejects the plan, `warning` is shown and passes. */
  severity: Severity;
  /** Names of the servers concerned. */
  servers: string[];
  /** The link concerned, when it is one. */
  link?: LinkEnds;
  /** What is wrong, and what goes wrong in the world if it is ignored. */
  message: string;
  /** The way out. */
  fix: string;
  /** Why the severity differs from the table's: the reason of the override. */
  reason?: string;
}

/** Findings that are not among others. */
export function findingsBeyond(known: readonly Finding[], findings: readonly Finding[]): Finding[] {
  const texts = new Set(known.map((finding) => JSON.stringify(finding)));
  return findings.filter((finding) => !texts.has(JSON.stringify(finding)));
}
