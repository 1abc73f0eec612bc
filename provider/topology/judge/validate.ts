import type { TopologyInput } from "../../schema/topology";
import { TopologyError } from "./errors";
import type { Finding } from "./finding";
import { buildGraph } from "../model/graph";
import { inTableOrder, judge, judgeCluster } from "./judge";
import { overriddenAll, overrideProblems } from "./overrides";
import { readTopology, topologyProblems, type DeclaredTopology } from "../model/read-topology";

/**
 * Judges a topology as one cluster: every rule, every finding, in the order of the table. The topology is accepted if
 * no finding is an error.
 *
 * @throws TopologyError when it is malformed or its overrides are not allowed, with every problem at once
 */
export function validateTopology(topology: TopologyInput): Finding[] {
  const findings = readForJudgement([topology]).flatMap((declared) => {
    const within = judgeCluster(declared);
    const across = judge(buildGraph(declared), ["everything"]);
    return overriddenAll([...within, ...across], declared.rules);
  });
  return inTableOrder(findings);
}

/**
 * Reads topologies together with their overrides.
 *
 * @throws TopologyError with every problem of all of them at once
 */
export function readForJudgement(topologies: readonly TopologyInput[]): DeclaredTopology[] {
  const problems = topologies.flatMap((topology) => [
    ...topologyProblems(topology),
    ...overrideProblems(topology.rules),
  ]);
  if (problems.length > 0) throw new TopologyError([...new Set(problems)]);
  return topologies.map(readTopology);
}

/** Returns the findings that reject the plan. */
export function errorsAmong(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === "error");
}

/** Returns true if the findings reject the plan. */
export function isRejected(findings: readonly Finding[]): boolean {
  return errorsAmong(findings).length > 0;
}
