import type * as pulumi from "../sdk";
import { judgedInput, judgedText, type JudgedKind } from "../../schema/judged";
import type { KeptLink } from "../../schema/topology-gate";
import { currentCluster } from "../program/current-cluster";
import { program } from "../program/program";
import type { Program, Part } from "../program/declarations";
import { providerOf } from "../program/plain-servers";
import { judgedAmong, refuseOptions } from "./refused-options";
import { registrationOf } from "../program/transforms-at-work";

/**
 * Adds the values that the rules read to the inputs, and names the output that a cluster's proof reads. A resource that is
 * only looked up is not judged.
 */
export function withJudged(
  kind: JudgedKind,
  inputs: pulumi.Inputs,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
  if (opts?.id !== undefined) return inputs;
  return { ...inputs, written: undefined, [judgedInput]: judgedText(kind, inputs) };
}

/**
 * Remembers a resource, so that the verdict can check that what is applied is what was judged.
 *
 * @throws RunError when a transformation has given it an option that it can't have
 */
export function rememberPart(
  resource: pulumi.Resource,
  kind: Part["kind"],
  {
    inputs,
    opts,
    type,
  }: { inputs: pulumi.Inputs; opts: pulumi.CustomResourceOptions | undefined; type: string },
): void {
  const judged: unknown = inputs[judgedInput];
  if (typeof judged !== "string") return;
  refuseTransformedOptions(resource, kind);
  const owner = currentCluster()?.resource ?? providerOf(opts, type);
  program().parts.push({ resource, kind, judged, owner });
}

/** Runs before the SDK checks the option: an import would fail first, with the SDK's own trace. */
function refuseTransformedOptions(resource: pulumi.Resource, kind: Part["kind"]): void {
  const registration = registrationOf(resource);
  if (!registration) return;
  const { name, opts } = registration;
  const given = { ...opts };
  delete opts.import;
  refuseOptions(kind, name, given);
}

/**
 * Lists the links of a gate that `ignoreChanges` may keep as they are in the state. Only the gate can look up what they
 * are.
 *
 * @param owner the cluster, or the provider of links declared one by one
 * @returns undefined when there are none, which keeps the state short
 */
export function keptLinks({ parts }: Program, owner: pulumi.Resource | undefined): KeptLink[] | undefined {
  const kept = parts
    .filter((part) => part.kind === "link" && part.owner === owner)
    .filter((part) => {
      const ignored = part.ignored ?? registrationOf(part.resource)?.opts?.ignoreChanges ?? [];
      return judgedAmong("link", ignored).length > 0;
    })
    .map((part) => registrationOf(part.resource)?.props ?? {})
    .map(({ server, peer }) => ({ from: String(server), to: String(peer) }));
  return kept.length > 0 ? kept.sort(byText) : undefined;
}

function byText(left: KeptLink, right: KeptLink): number {
  return `${left.from}\n${left.to}` < `${right.from}\n${right.to}` ? -1 : 1;
}
