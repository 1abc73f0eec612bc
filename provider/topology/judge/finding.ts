import type { RuleId } from "../rules";
import type { LinkEnds, Severity } from "./rule";

/** A finding of one rule about one place in a topology. */
export interface Finding {
  /** Id of the rule. */
  rule: RuleId;
  /** `error` rejects the plan, `warning` is shown and passes. */
  severity: Severity;
  /** Names of the servers concerned. */
  servers: string[];
  /** Link concerned, if the finding is about one. */
  link?: LinkEnds;
  /** What is wrong, and the consequence of ignoring it. */
  message: string;
  /** How to correct it. */
  fix: string;
  /** Reason of the override, if the severity differs from that of the rule. */
  reason?: string;
}

/** Returns the findings that are not among others. */
export function findingsBeyond(known: readonly Finding[], findings: readonly Finding[]): Finding[] {
  const texts = new Set(known.map((finding) => JSON.stringify(finding)));
  return findings.filter((finding) => !texts.has(JSON.stringify(finding)));
}
