import type { TopologyInput } from "../../schema/topology";
import { buildGraph, type ClusterGraph } from "./graph";
import { readTopology } from "./read-topology";

/** The three shapes of the guide. */
export type Shape = "direct" | "primary-nameserver" | "multiple-intermediaries";

/** What each shape is called in a drawing. */
export const shapeTitles: Readonly<Record<Shape | "none", string>> = {
  direct: "direct links",
  "primary-nameserver": "primary nameserver as intermediary",
  "multiple-intermediaries": "multiple intermediaries",
  none: "no links that feed",
};

/**
 * The shape of a cluster, by the number of its intermediaries; direct links beside them do not change it. `null`
 * when no link moves zones.
 */
export function classify(topology: TopologyInput): Shape | null {
  return shapeOf(buildGraph(readTopology(topology)));
}

/** The shape of a cluster whose graph is built already. */
export function shapeOf({ feedingLinks, intermediaries }: ClusterGraph): Shape | null {
  if (feedingLinks.length === 0) return null;
  if (intermediaries.length === 0) return "direct";
  return intermediaries.length === 1 ? "primary-nameserver" : "multiple-intermediaries";
}
