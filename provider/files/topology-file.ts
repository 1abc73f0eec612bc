import { MalformedError } from "../schema/parse";
import { parseServers, type Servers } from "../schema/server";
import { parseTopology, type Topology } from "../schema/topology";
import { TopologyError, validateTopology, type Finding } from "../topology";
import { readYaml } from "./read-yaml";

/** A topology with the findings of the rules. */
export interface JudgedTopology {
  readonly topology: Topology;
  readonly findings: readonly Finding[];
}

/**
 * Reads a topology from the text of a YAML or JSON file and judges it.
 *
 * @param name name of the file in messages
 * @throws MalformedError with every problem and its place in the file
 */
export function readTopologyText(text: string, name: string): JudgedTopology {
  return located(text, name, "a topology has servers and links", (data) => {
    const topology = parseTopology(data);
    return { topology, findings: validateTopology(topology) };
  });
}

/**
 * Reads servers, and how to reach them, from the text of a YAML or JSON file.
 *
 * @param name name of the file in messages
 * @throws MalformedError with every problem and its place in the file
 */
export function readServersText(text: string, name: string): Servers {
  return located(text, name, "it names servers and how to reach them", (data) => parseServers(data, name));
}

function located<Result>(
  text: string,
  name: string,
  purpose: string,
  work: (data: unknown) => Result,
): Result {
  const file = readYaml(text, name);
  if (file.data === null || file.data === undefined) throw new MalformedError(name, [purpose], "is empty");
  try {
    return work(file.data);
  } catch (error) {
    if (!(error instanceof MalformedError) && !(error instanceof TopologyError)) throw error;
    throw new MalformedError(name, file.located(error.problems));
  }
}
