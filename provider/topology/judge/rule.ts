import type { ClusterGraph } from "../model/graph";

/** `error` rejects the plan, `warning` is shown and passes. */
export type Severity = "error" | "warning";

/** The lines of cPanel's Guide to DNS Cluster Configurations, numbered in its order. */
export type GuideLine = "G1" | "G2" | "G3" | "G4" | "G5" | "G6" | "G7" | "G8" | "G9";

/** The two ends of a link: `from` holds an entry for `to`. */
export interface LinkEnds {
  /** Name of the server that stores the link. */
  from: string;
  /** Name of the server that it links to. */
  to: string;
}

/** What a rule found, before the table's severity and consequence are added. */
export interface RawFinding {
  servers: string[];
  link?: LinkEnds;
  /** One sentence: what is wrong here. */
  problem: string;
  /** One sentence: the way out. */
  fix: string;
}

/** One row of the table of link rules. */
export interface Rule<Id extends string = string> {
  /** By which findings and overrides speak of it. */
  readonly id: Id;
  /** Severity when nothing overrides it. */
  readonly severity: Severity;
  /** A fixed rule accepts no override. */
  readonly fixed: boolean;
  /** Judged within each cluster, or once over everything that is declared. */
  readonly scope: "cluster" | "everything";
  /** Lines of the guide that the rule comes from; empty when it comes from how WHM works. */
  readonly guide: readonly GuideLine[];
  /** Where the rule comes from, in words. */
  readonly source: string;
  /** What it rejects or reports, in a line. */
  readonly summary: string;
  /** What goes wrong in the world if it is ignored, in a sentence. */
  readonly consequence: string;
  /** A topology that breaks it, in a line. */
  readonly example: string;
  /** Every place that breaks the rule; empty when all is well. It never throws. @internal */
  readonly check: (graph: ClusterGraph) => RawFinding[];
}

/** Defines a rule and keeps its id as a literal type, so that the union of ids follows from the table. */
export function defineRule<const Id extends string>(rule: Rule<Id>): Rule<Id> {
  return rule;
}
