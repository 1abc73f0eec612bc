import type { Finding } from "./finding";
import { buildGraph, type ClusterGraph } from "../model/graph";
import { clusterPart, unlinkedServers } from "../model/parts";
import type { DeclaredTopology } from "../model/read-topology";
import type { RawFinding } from "./rule";
import { rules, type RuleId } from "../rules";
import { compareNames, compareText } from "../report/words";

type TableRule = (typeof rules)[number];

/** Runs the rules of the given scopes over a graph. Severities are those of the table. */
export function judge(graph: ClusterGraph, scopes: readonly TableRule["scope"][]): Finding[] {
  return rules
    .filter((rule) => scopes.includes(rule.scope))
    .flatMap((rule) => toFindings(rule, rule.check(graph)));
}

/** Runs the rules about a cluster over one that was declared as a whole. Reports servers without links. */
export function judgeCluster(declared: DeclaredTopology): Finding[] {
  return judge(buildGraph(clusterPart(declared), unlinkedServers(declared)), ["cluster"]);
}

/** Removes repeats and sorts findings by the order of the table, then by server names. */
export function inTableOrder(findings: readonly Finding[]): Finding[] {
  const inOrder = [...findings].sort(compareFindings);
  return inOrder.filter((finding, index) => {
    const before = inOrder[index - 1];
    return !before || compareFindings(before, finding) !== 0;
  });
}

function toFindings({ id, severity, consequence }: TableRule, raw: readonly RawFinding[]): Finding[] {
  const end = ` ${consequence}`;
  return raw.map(({ servers, link, problem, fix }) => {
    const finding: Finding = { rule: id, severity, servers, message: problem + end, fix };
    return link ? { ...finding, link } : finding;
  });
}

/** Compares findings. Only equal ones compare as equal, so that repeats are adjacent; the message names the link. */
function compareFindings(left: Finding, right: Finding): number {
  return (
    place(left.rule) - place(right.rule) ||
    compareNames(left.servers, right.servers) ||
    compareText(left.message, right.message) ||
    compareText(left.severity, right.severity)
  );
}

const places: ReadonlyMap<RuleId, number> = new Map(rules.map((rule, index) => [rule.id, index]));

function place(id: RuleId): number {
  return places.get(id) ?? rules.length;
}
