import type { Finding } from "../topology";
import type { Gate } from "./gate";

/**
 * What the policies have seen. The engine restarts the pack for each preview and each update, and every resource of a
 * cluster waits for its gate. So when a member arrives, everything that has been judged is here.
 */
export interface Run {
  /** Gates by URN, in order of arrival. */
  readonly gates: Map<string, Gate>;
  /** Findings already reported, so that the check of the whole stack doesn't repeat them. */
  readonly findings: Finding[];
  /** Other reports: URNs of links that nothing judged, texts about the settings. */
  readonly reported: Set<string>;
}

export function newRun(): Run {
  return { gates: new Map(), findings: [], reported: new Set() };
}
