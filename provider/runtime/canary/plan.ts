import type { Topology } from "../../schema/topology";
import { isNameserver, reachedFrom, storedRole } from "../../topology";

/** A canary to be made. */
export interface PlannedCanary {
  /** Web server on which it is made. */
  readonly origin: string;
  /** Servers that it must reach. */
  readonly reaches: readonly string[];
}

/**
 * Plans one canary for each web server that sends its zones to others. Fewer would leave a link untried: WHM sends a zone
 * along the links of the server on which it was made.
 */
export function planCanaries({ servers, links }: Topology): PlannedCanary[] {
  const feeding = links
    .filter((link) => storedRole(link, servers) !== "standalone")
    .map(({ from, to }): [string, string] => [from, to]);
  const origins = new Set(feeding.map(([from]) => from).filter((name) => !isNameserver(servers[name]!)));
  return [...origins].map((origin) => ({
    origin,
    reaches: [...reachedFrom([origin], feeding)].filter((name) => name !== origin),
  }));
}
