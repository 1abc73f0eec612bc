import type * as pulumi from "../sdk";
import type { RuleOverrides } from "../../schema/rule-overrides";
import { withoutPositions } from "./without-positions";

// A DnsCluster has judged its whole topology before it makes its members. They must not be judged a second time as
// links of their own. Construction is synchronous, so that a variable tells; nobody outside this package can set it.

/** What the members of a cluster are made under. */
export interface JudgedCluster {
  /** The cluster itself. */
  readonly resource: pulumi.Resource;
  /** The overrides that the cluster was judged by. */
  readonly rules: RuleOverrides;
  /** Why its members must not be made all the same; undefined as a rule. */
  readonly refusal: pulumi.Output<string | undefined>;
}

/** Set while a cluster makes its members, and by nothing else. */
let cluster: JudgedCluster | undefined;

/** Makes resources of a cluster that has been judged as a whole. */
export function asPartOfCluster<Result>(judged: JudgedCluster, make: () => Result): Result {
  cluster = judged;
  try {
    return withoutPositions(make);
  } finally {
    cluster = undefined;
  }
}

/** The cluster to which the resource that is being made belongs; undefined when it is declared by itself. */
export function currentCluster(): JudgedCluster | undefined {
  return cluster;
}

/** The overrides that the resource being made is judged by: its cluster's, else its provider's. */
export function overridesInForce(ofProvider: RuleOverrides | undefined): RuleOverrides {
  return cluster?.rules ?? ofProvider ?? {};
}
