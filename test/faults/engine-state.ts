import { isDeepStrictEqual } from "node:util";
import type { PulumiProject, StateResource } from "../helpers/pulumi";

/** What the package and the engine know of a resource; not when it was written. */
export type Kept = Pick<StateResource, "urn" | "id" | "inputs" | "outputs">;

/** A state as a file. */
interface Deployment {
  resources?: StateResource[];
  pending_operations?: object[];
}

/** The resources in the state, secrets in clear, by name. */
export async function keptBy(project: PulumiProject): Promise<Kept[]> {
  const resources = await project.exportStack("--show-secrets");
  return resources
    .map(({ urn, id, inputs, outputs }) => JSON.parse(JSON.stringify({ urn, id, inputs, outputs })) as Kept)
    .map(withoutEmptyNote)
    .sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

/** Leaves out a gate's note of a refresh that has found no link changed. */
function withoutEmptyNote(resource: Kept): Kept {
  const { __seen: seen, ...inputs } = resource.inputs ?? {};
  const { links } = (seen ?? { links: [] }) as { readonly links: readonly object[] };
  return seen !== undefined && links.length === 0 ? { ...resource, inputs } : resource;
}

/** What is wrong with the state as a file: it can be read, nothing is pending in it, and the engine takes it back. */
export async function stateFileProblems(project: PulumiProject): Promise<string[]> {
  const exported = await project.run(["stack", "export"]);
  const pending = deploymentIn(exported.stdout).pending_operations ?? [];
  const imported = await project.run(["stack", "import"], exported.stdout);
  return [
    ...(pending.length > 0 ? [`operations are pending in the state: ${JSON.stringify(pending)}`] : []),
    ...(imported.code === 0 ? [] : [`the state cannot be imported: ${imported.stdout}${imported.stderr}`]),
  ];
}

/** What is still in the state that must be empty: no more than the stack itself and providers. */
export async function leftInState(project: PulumiProject): Promise<string[]> {
  const exported = await project.run(["stack", "export"]);
  const { resources = [], pending_operations: pending = [] } = deploymentIn(exported.stdout);
  const left = resources.filter(({ type }) => !/^pulumi:(pulumi:Stack|providers:.*)$/.test(type));
  return [
    ...left.map(({ urn }) => `${urn} is left in the state`),
    ...pending.map((each) => `an operation is left in the state: ${JSON.stringify(each)}`),
  ];
}

/** What a refresh that could not ask has changed in the state, one sentence a resource. */
export function changesInState(before: readonly Kept[], after: readonly Kept[]): string[] {
  const lost = before.filter(({ urn }) => !after.some((each) => each.urn === urn));
  const changed = after.filter((each) => !before.some((other) => isDeepStrictEqual(other, each)));
  return [
    ...lost.map(({ urn }) => `${urn} was dropped from the state`),
    ...changed.map(({ urn }) => `${urn} was changed in the state`),
  ];
}

function deploymentIn(text: string): Deployment {
  return (JSON.parse(text) as { deployment: Deployment }).deployment;
}
