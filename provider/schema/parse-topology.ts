import { parse } from "./parse";
import { topology, type Topology } from "./topology";

/**
 * Parses a topology as a YAML or JSON file holds it.
 *
 * @throws MalformedError with every field that is not as expected
 */
export function parseTopology(value: unknown): Topology {
  return parse(topology, value, "The topology");
}
