import type { RuleOverrides } from "../schema/rule-overrides";

// A DnsCluster has judged its whole topology before it makes its members. They must not be judged a second time as
// links of their own. Construction is synchronous, so that a variable tells; nobody outside this package can set it.

let rulesOfCluster: RuleOverrides | undefined;

/** Makes resources of a cluster that has been judged as a whole, by the table and these overrides. */
export function asPartOfCluster<Result>(rules: RuleOverrides, make: () => Result): Result {
  rulesOfCluster = rules;
  try {
    return make();
  } finally {
    rulesOfCluster = undefined;
  }
}

/** Whether the resource that is being made belongs to a cluster that has been judged as a whole. */
export function isPartOfCluster(): boolean {
  return rulesOfCluster !== undefined;
}

/** The overrides that the resource being made is judged by: its cluster's, else its provider's. */
export function overridesInForce(ofProvider: RuleOverrides | undefined): RuleOverrides {
  return rulesOfCluster ?? ofProvider ?? {};
}
