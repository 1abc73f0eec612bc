import type * as pulumi from "../sdk";
import type { RuleOverrides } from "../../schema/rule-overrides";
import { withoutPositions } from "./without-positions";

// A DnsCluster judges its whole topology before it makes its members, which must not be judged again as separate links.
// Construction is synchronous, so a variable is enough. Nobody outside this package can set it.

/** The cluster to which the members under construction belong. */
export interface JudgedCluster {
  /** The cluster itself. */
  readonly resource: pulumi.Resource;
  /** Overrides with which the cluster was judged. */
  readonly rules: RuleOverrides;
  /** Why its members must not be made after all; normally undefined. */
  readonly refusal: pulumi.Output<string | undefined>;
}

/** Set only while a cluster makes its members. */
let cluster: JudgedCluster | undefined;

/** Makes the resources of a cluster that has been judged as a whole. */
export function asPartOfCluster<Result>(judged: JudgedCluster, make: () => Result): Result {
  cluster = judged;
  try {
    return withoutPositions(make);
  } finally {
    cluster = undefined;
  }
}

/** Returns the cluster of the resource under construction; undefined when that is declared by itself. */
export function currentCluster(): JudgedCluster | undefined {
  return cluster;
}

/** Returns the overrides for the resource under construction: its cluster's, else its provider's. */
export function overridesInForce(ofProvider: RuleOverrides | undefined): RuleOverrides {
  return cluster?.rules ?? ofProvider ?? {};
}
