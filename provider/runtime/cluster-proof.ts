import type * as pulumi from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import { clusterProof as schema, provenInput, type ClusterProofInputs } from "../schema/cluster-proof";
import { parse } from "../schema/parse";
import { removeLeftCanaries } from "./canary/left-canaries";
import { checkInputs, declaredInputs, type Properties } from "./engine/checked-inputs";
import { PartialFailure, quietly, savedFailure } from "./engine/failures";
import { plainData } from "./engine/plain-data";
import { configure } from "./engine/session";
import { warn } from "./engine/warn";
import { prove } from "./proof/prove";
import { deletionText, failureText, refusalText, warningText } from "./proof/proof-text";
import { takenDown } from "./proof/taken-down";

const id = "proof";

/**
 * Comes after everything else of a cluster and looks at the servers again. The inputs hold a mark of all writes so far; the
 * state holds the mark of those that were proven. As long as the two differ, the next run looks again. Being the first to be
 * deleted, it can refuse the deletion of a cluster before anything is gone.
 */
export const clusterProof: pulumi.dynamic.ResourceProvider = {
  configure,

  check: (_olds: Properties, news: Properties) => quietly([], () => checkInputs(schema, news)),

  diff: (_id: string, olds: Properties, news: Properties) =>
    quietly([], () => {
      const isSame = ["guardDestroy", "zone"].every((key) => isDeepStrictEqual(olds[key], news[key]));
      return { changes: !isSame || !isProven(olds, news) };
    }),

  create: (news: Properties) =>
    savedFailure([news], async () => ({ id, outs: await proven(parseProof(news)) })),

  read: (_id: string, props: Properties) => quietly([], () => ({ id, props })),

  update: (_id: string, olds: Properties, news: Properties) =>
    savedFailure([news], async () => {
      const inputs = parseProof(news);
      if (olds["zone"] !== undefined && inputs.writes === undefined) await refuseLeftCanaries(inputs);
      const state = isProven(olds, news) ? plainData(inputs) : await proven(inputs);
      return { outs: { ...state, ...(olds.adopted && { adopted: olds.adopted }) } };
    }),

  delete: (_id: string, props: Properties) =>
    quietly([], async () => {
      const inputs = parseProof(props);
      const down = await takenDown(inputs, props.adopted === true);
      if (inputs.guardDestroy && !down.isRenamed) throw new Error(refusalText(inputs, down));
      await refuseLeftCanaries(inputs);
      if (down.links.length > 0) warn(deletionText(inputs, down));
    }),
};

/** Whether a state holds the proof of exactly these inputs. */
function isProven(olds: Properties, news: Properties): boolean {
  if (olds["zone"] === undefined && news["zone"] !== undefined) return false;
  return [provenInput, "writes"].every((key) => isDeepStrictEqual(olds[key], news[key]));
}

/** Removes what killed runs have left before anything of the cluster is deleted. */
async function refuseLeftCanaries(inputs: ClusterProofInputs): Promise<void> {
  const left = await removeLeftCanaries({ ...inputs, topology: inputs[provenInput] });
  if (left.length > 0) throw new Error(left.join("\n"));
}

function parseProof(properties: Properties): ClusterProofInputs {
  return parse(schema, declaredInputs(properties), "The proof of the cluster");
}

/**
 * Proves a cluster and returns the state.
 *
 * @throws PartialFailure with everything that is wrong
 */
async function proven(inputs: ClusterProofInputs): Promise<Record<string, unknown>> {
  const state = plainData(inputs);
  if (inputs.writes === undefined) return state;
  const { wrong, unproven, mayBeProvenLater } = await prove(inputs);
  const again = { ...state, writes: "" };
  if (wrong.length > 0) throw new PartialFailure(id, again, new Error(failureText(inputs, wrong)));
  if (unproven.length > 0) warn(warningText(inputs, unproven));
  return mayBeProvenLater ? again : state;
}
