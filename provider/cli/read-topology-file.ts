import { MalformedError } from "../schema/parse";
import { parseTopology, type Topology } from "../schema/topology";
import { TopologyError, validateTopology, type Finding } from "../topology";
import { UsageError } from "./usage-error";
import { nameOf, readText } from "./read-text";
import { readYaml } from "./read-yaml";
import type { Streams } from "./streams";

/** A topology with the findings of the rules. */
export interface JudgedTopology {
  readonly topology: Topology;
  readonly findings: readonly Finding[];
}

/**
 * Reads a topology from a YAML or JSON file and judges it; `-` means standard input.
 *
 * @throws UsageError when it can't be read, is malformed, or contains an override that the rules don't allow
 */
export async function readTopologyFile(
  file: string,
  { input }: Pick<Streams, "input">,
): Promise<JudgedTopology> {
  const name = nameOf(file);
  const value = readYaml(await readText(file, input), name);
  if (value === null || value === undefined)
    throw new UsageError(`${name} is empty; a topology has servers and links.`);
  try {
    const topology = parseTopology(value);
    return { topology, findings: validateTopology(topology) };
  } catch (error) {
    if (!(error instanceof MalformedError) && !(error instanceof TopologyError)) throw error;
    const problems = error.problems.map((problem) => `  ${problem}`);
    throw new UsageError([`${name} is malformed:`, ...problems].join("\n"), { cause: error });
  }
}
