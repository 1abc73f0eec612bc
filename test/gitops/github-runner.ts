import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WorkflowJob, WorkflowStep } from "./files";
import type { MadeRepository } from "./made-repository";

/** What expressions of a workflow can name: `github`, `vars` and `secrets`, and `steps` on the way. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How a job ended. */
export interface JobRun {
  /** Undefined when the job was not for this event. */
  readonly code?: number;
  readonly output: string;
  /** What the job wrote for the page of its run. */
  readonly summary: string;
}

/**
 * Runs the commands of a job as GitHub's runner does, each in a shell of its own, up to the first that fails. Its actions
 * fetch the repository and programs, which are there already.
 */
export async function runJob(
  repository: MadeRepository,
  job: WorkflowJob,
  contexts: Contexts,
  environment: Readonly<Record<string, string>>,
): Promise<JobRun> {
  if (job.if !== undefined && valueOf(job.if, contexts) !== "true") return { output: "", summary: "" };
  const files = { GITHUB_OUTPUT: "output.txt", GITHUB_STEP_SUMMARY: "summary.md" };
  const paths = Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name, join(repository.temporary, file)]),
  );
  await writeFile(paths["GITHUB_STEP_SUMMARY"]!, "");
  const around = { ...environment, ...paths, RUNNER_TEMP: repository.temporary };
  const ended = await runSteps(repository, job.steps, contexts, around);
  return { ...ended, summary: await readFile(paths["GITHUB_STEP_SUMMARY"]!, "utf8") };
}

async function runSteps(
  repository: MadeRepository,
  steps: readonly WorkflowStep[],
  contexts: Contexts,
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number; output: string }> {
  let output = "";
  const done: Record<string, unknown> = {};
  for (const { id, if: condition, run, env = {} } of steps) {
    const known = { ...contexts, steps: done };
    if (run === undefined || (condition !== undefined && valueOf(condition, known) !== "true")) continue;
    await writeFile(environment["GITHUB_OUTPUT"]!, "");
    const values = Object.fromEntries(
      Object.entries(env).map(([name, text]) => [name, filledIn(text, known)]),
    );
    const flags = ["--noprofile", "--norc", "-eo", "pipefail"];
    const result = await repository.script(run, flags, { ...environment, ...values });
    output += result.stdout + result.stderr;
    if (result.code !== 0) return { code: result.code, output };
    if (id !== undefined) done[id] = { outputs: await outputsIn(environment["GITHUB_OUTPUT"]!) };
  }
  return { code: 0, output };
}

async function outputsIn(file: string): Promise<Record<string, string>> {
  const lines = (await readFile(file, "utf8")).split("\n").filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

function filledIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_all, expression: string) => valueOf(expression, contexts));
}

/** The little of GitHub's expressions that the workflows use: a name, or two that are compared. */
function valueOf(expression: string, contexts: Contexts): string {
  const [left, right, ...more] = expression.split("==").map((side) => operand(side.trim(), contexts));
  if (left === undefined || more.length > 0) throw new Error(`These tests do not understand ${expression}`);
  return right === undefined ? left : String(left === right);
}

/** What is not there is an empty text, as on GitHub. */
function operand(text: string, contexts: Contexts): string {
  const [, quoted] = /^'([^']*)'$/.exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  if (!/^[\w-]+(\.[\w-]+)+$/.test(text)) throw new Error(`These tests do not understand ${text}`);
  const found = text
    .split(".")
    .reduce<unknown>((inside, key) => (inside as Contexts | undefined)?.[key], contexts);
  return typeof found === "string" || typeof found === "number" ? `${found}` : "";
}
