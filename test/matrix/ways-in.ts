import type { TopologyInput } from "../../provider/schema/topology";
import { withoutUnusedServers } from "../../provider/topology";
import { planOf, type Plan } from "./plan";
import { accepted, cases, matrixRules, servers, type MatrixRule } from "./topologies";

/** One way to declare links. */
export interface WayIn {
  title: string;
  /** The file in `program`. */
  program: string;
  /** What is rejected. */
  rejected(rule: MatrixRule): Plan;
  /** What is accepted, declared in the same way. */
  accepted(): Plan;
  /** A stack that shares servers and is up before. */
  before?: Plan;
  /** Run inside a process of the user's, and not by the engine's program host. */
  inline?: boolean;
  /** Whether only the servers show what is wrong. */
  hidden?(rule: MatrixRule): boolean;
  /** Whether what was declared before the fault is made all the same; then only the fault itself is kept out. */
  partial?: boolean;
}

const oneTopology = {
  rejected: (rule: MatrixRule) => cases[rule].plan(),
  accepted: () => cases[matrixRules[0]!].plan(true),
};

const twoClusters = {
  rejected: (rule: MatrixRule) => ({ ...cases[rule].plan(), parts: cases[rule].clusters }),
  accepted: () => ({ ...oneTopology.accepted(), parts: accepted.parts }),
};

const twoStacks = {
  rejected: (rule: MatrixRule) => planOf(cases[rule].stacks[1]!),
  accepted: () => planOf(accepted.parts[1]!),
  before: planOf(accepted.parts[0]!),
  hidden: (rule: MatrixRule) => cases[rule].hiddenFromPreview,
};

/** A cluster of one stack: its own servers, and in the provider all that there are. */
function clusterOfStack(topology: TopologyInput): Plan {
  return {
    ...planOf(withoutUnusedServers(topology)),
    parts: [{ servers: { ...servers, ...topology.servers } }],
  };
}

const twoStacksOfClusters = {
  ...twoStacks,
  rejected: (rule: MatrixRule) => clusterOfStack(cases[rule].stacks[1]!),
  accepted: () => clusterOfStack(accepted.parts[1]!),
  before: clusterOfStack(accepted.parts[0]!),
};

const way = (title: string, program: string, more: Partial<WayIn> = {}): WayIn => ({
  title,
  program,
  ...oneTopology,
  ...more,
});

/** All ways in; those in one program come first. */
export const waysIn: WayIn[] = [
  way("DnsCluster", "cluster"),
  way("several clusters", "several-clusters", twoClusters),
  way("one by one, fault last", "in-order"),
  way("one by one, in reverse", "in-reverse"),
  way("loops", "in-loops"),
  way("functions", "in-functions"),
  way("components", "in-components"),
  way("helper modules", "in-modules"),
  way("fault by a timer", "by-timer"),
  way("fault after an await", "after-await"),
  way("fault in an apply", "in-apply"),
  way("two stacks, one by one", "in-order", twoStacks),
  way("two stacks, DnsCluster", "cluster-of-stack", twoStacksOfClusters),
  way("inline: DnsCluster", "cluster", { inline: true }),
  way("inline: one by one", "in-order", { inline: true }),
  way("inline: after an await", "after-await", { inline: true, partial: true }),
];
