import type { Link, Trust } from "../../schema/topology";
import type { Finding } from "../judge/finding";
import type { ClusterGraph } from "../model/graph";
import type { ClusterServer } from "../model/server";

/** A topology with its findings, as drawings show it. */
export interface Drawing {
  readonly graph: ClusterGraph;
  readonly findings: readonly Finding[];
  /** Servers to draw, in order. A report draws only the offending part. */
  readonly servers: readonly ClusterServer[];
  /** Names that links, trusts or findings use and nobody declares. */
  readonly unknown: readonly string[];
  readonly links: readonly Link[];
  readonly trusts: readonly Trust[];
  /** Returns the findings on the entry that one server stores about another. */
  readonly findingsOn: (holder: string, about: string) => readonly Finding[];
  /** Returns the findings on the entry of a trust. */
  readonly findingsOnTrust: (trust: Trust) => readonly Finding[];
  /** Returns the findings about a server. */
  readonly findingsAt: (server: string) => readonly Finding[];
  /** Findings about the cluster as a whole. */
  readonly overall: readonly Finding[];
}
