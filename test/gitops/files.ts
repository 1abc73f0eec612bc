import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, parseAllDocuments } from "yaml";

/** Where the files lie. */
export const gitopsFolder = resolve(__dirname, "../../gitops");

export const workflowNames = ["preview", "up", "drift", "audit"] as const;
export type WorkflowName = (typeof workflowNames)[number];

/** A workflow of GitHub, as far as these tests look at it. */
export interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: {
    readonly group: string;
    readonly queue?: string;
    readonly "cancel-in-progress": boolean;
  };
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

export interface WorkflowJob {
  readonly if?: string;
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly WorkflowStep[];
}

export interface WorkflowStep {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A pipeline of GitLab, as far as these tests look at it. */
export interface Pipeline {
  readonly workflow: { readonly rules: readonly PipelineRule[] };
  readonly variables: Readonly<Record<string, string>>;
  readonly default: { readonly before_script: readonly string[] };
  readonly [job: string]: unknown;
}

export interface PipelineRule {
  readonly if: string;
}

export interface PipelineJob {
  readonly extends?: string;
  readonly rules: readonly PipelineRule[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly environment?: unknown;
  readonly resource_group?: string;
  readonly interruptible?: boolean;
}

export const workflowFile = (name: WorkflowName): string => join("github-actions", `${name}.yml`);
export const pipelineFile = join("gitlab", ".gitlab-ci.yml");

export const textOf = (file: string): string => readFileSync(join(gitopsFolder, file), "utf8");

export const readWorkflow = (name: WorkflowName): Workflow => parse(textOf(workflowFile(name))) as Workflow;
export const readPipeline = (): Pipeline => parse(textOf(pipelineFile)) as Pipeline;

/** The documents of a file for Kubernetes. */
export function readResources(file: "stack.yaml" | "secret.yaml"): KubernetesResource[] {
  return parseAllDocuments(textOf(join("kubernetes-operator", file))).map(
    (document) => document.toJS() as KubernetesResource,
  );
}

/** A resource of Kubernetes, as far as these tests look at it. */
export interface KubernetesResource {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: StackSpec;
  readonly stringData?: Readonly<Record<string, string>>;
}

export interface StackSpec {
  readonly projectRepo: string;
  readonly branch: string;
  readonly stack: string;
  readonly refresh: boolean;
  readonly envRefs: Readonly<
    Record<string, { readonly secret: { readonly name: string; readonly key: string } }>
  >;
}
