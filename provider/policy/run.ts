import type { Finding } from "../topology";
import type { Gate } from "./gate";

/**
 * What the policies have seen. The engine starts the pack anew for each preview and each update, and every resource of a
 * cluster waits for its gate: so what is here when a member comes is all that has been judged.
 */
export interface Run {
  /** Gates by URN, in the order in which they came. */
  readonly gates: Map<string, Gate>;
  /** Findings that were reported, so that the look at the whole stack does not repeat them. */
  readonly findings: Finding[];
  /** Other things that were reported: URNs of links that nothing judged, texts about the settings. */
  readonly reported: Set<string>;
}

export function newRun(): Run {
  return { gates: new Map(), findings: [], reported: new Set() };
}
