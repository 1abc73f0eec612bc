import type { TopologyInput } from "../../provider/schema/topology";
import { rules, validateDeclared, type RuleId } from "../../provider/topology";
import { directWith, dns, link, links, web } from "../topology/builders";
import { ruleCases } from "../topology/rule-cases";
import { planOf, type Plan } from "./plan";

/** Every rule that rejects, unless it is overridden. */
export const errorRules: RuleId[] = rules.filter(({ severity }) => severity === "error").map(({ id }) => id);

/** Rules whose topology in the table of cases has no link to declare by itself, or a token that no class accepts. */
const linkByLink: Partial<Record<RuleId, TopologyInput>> = {
  "two-servers": { servers: { web1: web(10) }, links: links("web1 -> web1") },
  "cpanel-present": { servers: { ns1: dns(53), ns2: dns(54) }, links: links("ns1 -> ns2") },
  "duplicate-server": {
    servers: { web1: web(10), ns1: dns(54), ns2: dns(54) },
    links: links("web1 -> ns1", "web1 -> ns2"),
  },
  "token-acl": directWith({ apiTokens: [{ server: "ns1", acls: ["create-dns"] }, { server: "ns2" }] }),
};

/** What breaks a rule as one cluster. */
export function clusterPlan(rule: RuleId): Plan {
  return planOf(ruleCases[rule].rejected);
}

/** What breaks a rule link by link. */
export function linksPlan(rule: RuleId): Plan {
  return planOf(linkByLink[rule] ?? ruleCases[rule].rejected);
}

/** What breaks a rule as the second of two clusters; the first is accepted and shares nothing with it. */
export function clustersPlan(rule: RuleId): Plan {
  const plan = clusterPlan(rule);
  return { ...plan, parts: [planOf(bystanders).whole, plan.whole] };
}

const bystanders: TopologyInput = {
  servers: { webX: web(201), nsX: dns(202) },
  links: [link("webX -> nsX")],
};

/** How a plan is declared. */
export type Form = "cluster" | "clusters" | "links";

/** The rules that reject a plan: as one cluster, as several, or link by link. */
export function rejectingRules(plan: Plan, form: Form): string[] {
  const findings = {
    cluster: () => validateDeclared([plan.whole]),
    clusters: () => validateDeclared(plan.parts),
    links: () => validateDeclared([], plan.whole),
  }[form]();
  const errors = findings.filter(({ severity }) => severity === "error");
  return [...new Set(errors.map(({ rule }) => rule))].sort();
}
