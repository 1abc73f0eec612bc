import type { ClusterGraph } from "../model/graph";

/** `error` rejects the plan, `warning` is shown and passes. */
export type Severity = "error" | "warning";

/** Lines of cPanel's Guide to DNS Cluster Configurations, numbered in its order. */
export type GuideLine = "G1" | "G2" | "G3" | "G4" | "G5" | "G6" | "G7" | "G8" | "G9";

/** The two ends of a link: `from` stores an entry for `to`. */
export interface LinkEnds {
  /** Name of the server that stores the link. */
  from: string;
  /** Name of the server that the link leads to. */
  to: string;
}

/** A finding of a rule, before the table's severity and consequence are added. */
export interface RawFinding {
  servers: string[];
  link?: LinkEnds;
  /** What is wrong here, in one sentence. */
  problem: string;
  /** How to correct it, in one sentence. */
  fix: string;
}

/** A row of the table of link rules. */
export interface Rule<Id extends string = string> {
  /** Id of the rule in findings and overrides. */
  readonly id: Id;
  /** Severity without an override. */
  readonly severity: Severity;
  /** Whether the rule accepts no override. */
  readonly fixed: boolean;
  /** Whether it is judged within each cluster or once over everything that is declared. */
  readonly scope: "cluster" | "everything";
  /** Lines of the guide that the rule comes from; empty if it comes from how WHM works. */
  readonly guide: readonly GuideLine[];
  /** Origin of the rule, in words. */
  readonly source: string;
  /** What the rule rejects or reports, in one line. */
  readonly summary: string;
  /** Consequence of ignoring it, in one sentence. */
  readonly consequence: string;
  /** A topology that breaks it, in one line. */
  readonly example: string;
  /** Returns every place that breaks the rule; empty if there is none. Never throws. @internal */
  readonly check: (graph: ClusterGraph) => RawFinding[];
}

/** Defines a rule and keeps its id as a literal type, so that the union of ids follows from the table. */
export function defineRule<const Id extends string>(rule: Rule<Id>): Rule<Id> {
  return rule;
}
