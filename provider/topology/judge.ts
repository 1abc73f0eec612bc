import type { Finding } from "./finding";
import type { ClusterGraph } from "./graph";
import type { RawFinding } from "./rule";
import { rules, type RuleId } from "./rules";
import { compareNames } from "./words";

type TableRule = (typeof rules)[number];

/** Runs the rules of some scopes over a graph; severities are the table's own. */
export function judge(graph: ClusterGraph, scopes: readonly TableRule["scope"][]): Finding[] {
  return rules
    .filter((rule) => scopes.includes(rule.scope))
    .flatMap((rule) => rule.check(graph).map((raw) => toFinding(rule, raw)));
}

/** Each finding once, in the order of the table and then of the servers' names. */
export function inTableOrder(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((finding) => [identity(finding), finding]));
  const keyed = [...unique.values()].map((finding) => ({ finding, place: place(finding.rule) }));
  keyed.sort((left, right) => left.place - right.place || compareFindings(left.finding, right.finding));
  return keyed.map(({ finding }) => finding);
}

function toFinding(rule: TableRule, { servers, link, problem, fix }: RawFinding): Finding {
  const message = `${problem} ${rule.consequence}`;
  return { rule: rule.id, severity: rule.severity, servers, ...(link && { link }), message, fix };
}

function identity({ rule, severity, servers, link, message }: Finding): string {
  return [rule, severity, ...servers, link?.from, link?.to, message].join("\0");
}

function compareFindings(left: Finding, right: Finding): number {
  return compareNames(left.servers, right.servers) || compareNames([left.message], [right.message]);
}

const places: ReadonlyMap<RuleId, number> = new Map(rules.map((rule, index) => [rule.id, index]));

function place(id: RuleId): number {
  return places.get(id) ?? rules.length;
}
