import { readTopologyText, type JudgedTopology } from "../files/topology-file";
import { asUsageErrors } from "./as-usage-errors";
import { nameOf, readText } from "./read-text";
import type { Streams } from "./streams";

export type { JudgedTopology };

/**
 * Reads a topology from a YAML or JSON file and judges it; `-` means standard input.
 *
 * @throws UsageError when it can't be read, is malformed, or contains an override that the rules don't allow
 */
export async function readTopologyFile(
  file: string,
  { input }: Pick<Streams, "input">,
): Promise<JudgedTopology> {
  const text = await readText(file, input);
  return asUsageErrors(() => readTopologyText(text, nameOf(file)));
}
