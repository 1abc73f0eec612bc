import type { ClusterProofInputs } from "../../schema/cluster-proof";
import { ownerOf } from "../../servers";
import { countText, listText } from "../../topology";
import type { TakenDown } from "./taken-down";

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

/** Returns what a deletion takes away. */
export function deletionText(inputs: ClusterProofInputs, down: TakenDown): string {
  return `The cluster ${nameOf(inputs)} is taken down: ${contentsText(down)}`;
}

/** Returns why a guarded cluster is not deleted, and how to allow it. */
export function refusalText(inputs: ClusterProofInputs, down: TakenDown): string {
  return (
    `The cluster ${nameOf(inputs)} is guarded by guardDestroy, so nothing of it is deleted. This would take down ${contentsText(down)} ` +
    "To allow it, set guardDestroy to false, run pulumi up, and do this again."
  );
}

function contentsText({ links, withoutNameserver }: TakenDown): string {
  const names = listText(links.map(({ from, to }) => `${from} -> ${to}`));
  const what = links.length === 0 ? "no link." : `${countText(links.length, "link")} (${names}).`;
  if (withoutNameserver.length === 0) return what;
  return `${what} Left without a nameserver: ${listText(withoutNameserver)}.`;
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
