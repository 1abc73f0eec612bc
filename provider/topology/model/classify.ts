import type { TopologyInput } from "../../schema/topology";
import { buildGraph, type ClusterGraph } from "./graph";
import { readTopology } from "./read-topology";

/** The three shapes of cPanel's guide. */
export type Shape = "direct" | "primary-nameserver" | "multiple-intermediaries";

/** Name of each shape in a drawing. */
export const shapeTitles: Readonly<Record<Shape | "none", string>> = {
  direct: "direct links",
  "primary-nameserver": "primary nameserver as intermediary",
  "multiple-intermediaries": "multiple intermediaries",
  none: "no links that feed",
};

/**
 * Returns the shape of a cluster, by the number of its intermediaries; additional direct links don't change it. Returns
 * `null` if no link moves zones.
 */
export function classify(topology: TopologyInput): Shape | null {
  return shapeOf(buildGraph(readTopology(topology)));
}

/** Returns the shape of a cluster whose graph is already built. */
export function shapeOf({ feedingLinks, intermediaries }: ClusterGraph): Shape | null {
  if (feedingLinks.length === 0) return null;
  if (intermediaries.length === 0) return "direct";
  return intermediaries.length === 1 ? "primary-nameserver" : "multiple-intermediaries";
}
