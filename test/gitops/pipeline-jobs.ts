import type { Pipeline, PipelineJob, PipelineRule } from "./files";

export type Variables = Readonly<Record<string, string>>;

const notJobs = ["workflow", "variables", "default"];

/** The names of the jobs that GitLab starts in a pipeline with these variables. */
export function jobsIn(pipeline: Pipeline, variables: Variables): string[] {
  if (!anyHolds(pipeline.workflow.rules, variables)) return [];
  return Object.keys(pipeline)
    .filter((name) => !notJobs.includes(name))
    .filter((name) => anyHolds(jobOf(pipeline, name).rules, variables));
}

/** A job with what it takes from the one that it extends. */
export function jobOf(pipeline: Pipeline, name: string): PipelineJob {
  const job = pipeline[name] as PipelineJob;
  return job.extends === undefined ? job : { ...jobOf(pipeline, job.extends), ...job };
}

function anyHolds(rules: readonly PipelineRule[], variables: Variables): boolean {
  return rules.some((rule) => rule.if.split("&&").every((comparison) => holds(comparison, variables)));
}

function holds(comparison: string, variables: Variables): boolean {
  const [left, right, ...more] = comparison.split("==").map((side) => valueOf(side.trim(), variables));
  if (right === undefined || more.length > 0) throw new Error(`These tests do not understand ${comparison}`);
  return left === right;
}

/** A variable that is not there is no text: it is equal to none. */
function valueOf(operand: string, variables: Variables): string | symbol {
  const [, text] = /^"(.*)"$/.exec(operand) ?? [];
  if (text !== undefined) return text;
  const [, name] = /^\$(\w+)$/.exec(operand) ?? [];
  if (name === undefined) throw new Error(`These tests do not understand ${operand}`);
  return variables[name] ?? Symbol(name);
}
