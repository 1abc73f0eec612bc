import { readYaml } from "../../files/read-yaml";
import { MalformedError } from "../../schema/parse";
import { parseTopology } from "../../schema/topology";
import { isSameTopology, readTopology, TopologyError, writtenTopology } from "../../topology";
import type { Topology } from "../..";

/** Whether a file may hold a topology, by its name. */
export function mayHoldTopology(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path);
}

/** Returns what a text says as a topology, however it is written; undefined if it is none with servers and links. */
export function meaningOf(text: string | undefined): Topology | undefined {
  // Spares the parsing of long files such as package-lock.json.
  if (text === undefined || !text.includes("servers") || !text.includes("links")) return undefined;
  try {
    const topology = parseTopology(readYaml(text, "the file").data);
    if (topology.links === undefined) return undefined;
    const { proof = true, guardDestroy = false, allow = [], risks = {} } = topology;
    // No rule reads these, but a run does: with an allowance, it makes a change that was refused before.
    return { ...writtenTopology(readTopology(topology)), proof, guardDestroy, allow, risks };
  } catch (error) {
    const expected = [MalformedError, TopologyError].some((kind) => error instanceof kind);
    if (expected) return undefined;
    throw error;
  }
}

/** Whether two meanings are the same. */
export function isSameMeaning(left: Topology | undefined, right: Topology | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return isSameTopology(left, right);
}
