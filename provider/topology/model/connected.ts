import { DirectedGraph } from "graphology";
import { connectedComponents, stronglyConnectedComponents } from "graphology-components";
import { compareNames } from "../report/words";

/** An edge from the first name to the second. */
export type Edge = readonly [from: string, to: string];

/** Returns the groups of connected names, whatever the direction of the edges. Groups and names are sorted. */
export function connectedGroups(names: Iterable<string>, edges: readonly Edge[]): string[][] {
  return sortedGroups(connectedComponents(graphOf(names, edges)));
}

/** Returns the names connected with any of these, whatever the direction of the edges, including these. */
export function connectedWith(starts: readonly string[], edges: readonly Edge[]): ReadonlySet<string> {
  const known = new Set(starts);
  const groups = connectedGroups([...starts, ...edges.flat()], edges);
  return new Set(groups.filter((names) => names.some((name) => known.has(name))).flat());
}

/** Returns the groups of two or more names that can all reach each other along the edges, sorted. */
export function circularGroups(names: Iterable<string>, edges: readonly Edge[]): string[][] {
  return sortedGroups(stronglyConnectedComponents(graphOf(names, edges))).filter((group) => group.length > 1);
}

// The library keeps neighbours in plain objects, so a server called `constructor` would seem to be there already. A
// prefix keeps names away from built-in properties.
const prefix = "server ";

function graphOf(names: Iterable<string>, edges: readonly Edge[]): DirectedGraph {
  const graph = new DirectedGraph();
  for (const name of names) graph.mergeNode(prefix + name);
  for (const [from, to] of edges) graph.mergeEdge(prefix + from, prefix + to);
  return graph;
}

function sortedGroups(groups: readonly string[][]): string[][] {
  const plain = groups.map((group) => group.map((name) => name.slice(prefix.length)).sort());
  return plain.sort(compareNames);
}
