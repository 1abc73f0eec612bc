import type { Link, Trust } from "../../schema/topology";
import type { Finding } from "../judge/finding";
import type { ClusterGraph } from "../model/graph";
import type { ClusterServer } from "../model/server";

/** A topology with its findings, as the drawings show it. */
export interface Drawing {
  readonly graph: ClusterGraph;
  readonly findings: readonly Finding[];
  /** Servers to draw, in order; a report draws the offending part only. */
  readonly servers: readonly ClusterServer[];
  /** Names that links, trusts and findings speak of and nobody declares. */
  readonly unknown: readonly string[];
  readonly links: readonly Link[];
  readonly trusts: readonly Trust[];
  /** Findings on the entry that one server stores about another. */
  readonly findingsOn: (holder: string, about: string) => readonly Finding[];
  /** Findings on the entry of a trust. */
  readonly findingsOnTrust: (trust: Trust) => readonly Finding[];
  /** Findings about a server. */
  readonly findingsAt: (server: string) => readonly Finding[];
  /** Findings about the cluster that no server stands for. */
  readonly overall: readonly Finding[];
}
