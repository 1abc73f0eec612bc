import type { CommandResult } from "../helpers/run-command";
import { readPipeline } from "./files";
import type { MadeRepository } from "./made-repository";
import { jobOf, jobsIn, type Variables } from "./pipeline-jobs";

/** Runs the one job of a kind that a pipeline with these variables has, in one shell, as GitLab's runner does. */
export async function runPipelineJob(
  repository: MadeRepository,
  name: string,
  variables: Variables,
): Promise<CommandResult> {
  const pipeline = readPipeline();
  if (!jobsIn(pipeline, variables).includes(name)) throw new Error(`This pipeline has no job ${name}.`);
  const job = jobOf(pipeline, name);
  const script = [...pipeline.default.before_script, ...job.script].join("\n");
  const environment = { ...pipeline.variables, ...job.variables, ...variables };
  return repository.script(script, ["-eo", "pipefail"], environment);
}
