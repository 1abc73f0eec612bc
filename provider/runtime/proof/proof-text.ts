import type { ClusterProofInputs } from "../../schema/cluster-proof";
import { ownerOf } from "../../servers";
import { countText } from "../../topology";

/** Returns what is wrong with a cluster after everything was written. */
export function failureText(inputs: ClusterProofInputs, wrong: readonly string[]): string {
  return [
    `Everything of the cluster ${nameOf(inputs)} is written, but ${countText(wrong.length, "thing")} on its servers ${wrong.length === 1 ? "is" : "are"} wrong:`,
    ...wrong.map(indented),
    "The next pulumi up looks again. Nothing was deleted in this run.",
  ].join("\n");
}

/** Returns what could not be proven. */
export function warningText(inputs: ClusterProofInputs, unproven: readonly string[]): string {
  return [`Not everything of the cluster ${nameOf(inputs)} could be proven:`, ...unproven.map(indented)].join(
    "\n",
  );
}

function nameOf({ logicalName }: ClusterProofInputs): string {
  return ownerOf(logicalName).resource;
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? line : `  ${line}`))
    .join("\n");
}
