import type { RuleId } from "../../provider/topology";
import type { Cell } from "./cell";
import { clusterPlan, clustersPlan, errorRules, linksPlan, rejectingRules, type Form } from "./every-rule";
import type { Plan } from "./plan";
import { problemsInProcess } from "./run-in-process";

/** A way in that needs no engine, or why there is none. */
type Column = { title: string; program: string; form: Form; late?: true } | { title: string; note: string };

const endless =
  "Without the engine nothing tells that a program has ended; what comes later is judged when it comes, as after an await.";

const columns: Column[] = [
  { title: "DnsCluster", program: "cluster", form: "cluster" },
  { title: "several clusters", program: "several-clusters", form: "clusters" },
  { title: "one by one, fault last", program: "in-order", form: "links" },
  { title: "in reverse", program: "in-reverse", form: "links" },
  { title: "loops", program: "in-loops", form: "links" },
  { title: "functions", program: "in-functions", form: "links" },
  { title: "components", program: "in-components", form: "links" },
  { title: "helper modules", program: "in-modules", form: "links" },
  { title: "after an await", program: "after-await", form: "links", late: true },
  { title: "by a timer", note: endless },
  { title: "in an apply", note: endless },
  {
    title: "two stacks",
    note: "Two stacks are two programs; what the servers hold is judged in the engine's provider process.",
  },
];

const rejectedBefore =
  "What is declared before the await breaks other rules already: all of it is rejected, and nothing comes after.";

const plans = { cluster: clusterPlan, clusters: clustersPlan, links: linksPlan };

/** Every rule that rejects, by every way in, with the engine mocked. */
export async function inProcessCells(): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const rule of errorRules) for (const column of columns) cells.push(await cellOf(rule, column));
  return cells;
}

async function cellOf(rule: RuleId, column: Column): Promise<Cell> {
  const place = { row: rule, column: column.title };
  if ("note" in column) return { ...place, note: column.note };
  const note = whyNot(rule, column.form, column.program);
  if (note !== undefined) return { ...place, note };
  const plan = plans[column.form](rule);
  const before = column.late ? rejectingRules(withoutLastLink(plan), column.form) : [];
  if (before.length > 0 && !before.includes(rule)) return { ...place, note: rejectedBefore };
  const rules = before.length > 0 ? before : rejectingRules(plan, column.form);
  const blind = rules.includes(rule) ? [] : [`the plan does not break ${rule}`];
  return { ...place, problems: [...blind, ...(await problemsInProcess(column, plan, rules))] };
}

function withoutLastLink(plan: Plan): Plan {
  return { ...plan, whole: { ...plan.whole, links: plan.whole.links.slice(0, -1) } };
}

/** Why a way in cannot break a rule. */
export function whyNot(rule: RuleId, form: Form, program?: string): string | undefined {
  if (rule === "missing-token" && form === "links")
    return "A member or trust without a token is malformed: its class refuses it before any rule does.";
  if ((rule === "missing-token" || rule === "token-acl") && form !== "links")
    return "A DnsCluster makes its tokens itself: one for each link, with `clustering` alone.";
  if (rule === "token-acl" && program === "in-reverse")
    return "A token that reaches the link through a promise is not known to be an ApiToken's; the server refuses it when it is tried, before anything is written.";
  return undefined;
}
