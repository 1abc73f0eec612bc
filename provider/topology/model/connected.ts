import { DirectedGraph } from "graphology";
import { connectedComponents, stronglyConnectedComponents } from "graphology-components";
import { compareNames } from "../report/words";

/** Two names with an edge from the first to the second. */
export type Edge = readonly [from: string, to: string];

/** Groups of names that are connected, whatever the direction of the edges; each group and the list in order. */
export function connectedGroups(names: Iterable<string>, edges: readonly Edge[]): string[][] {
  return sortedGroups(connectedComponents(graphOf(names, edges)));
}

/** The names that are connected with some of these, whatever the direction of the edges; they themselves among them. */
export function connectedWith(starts: readonly string[], edges: readonly Edge[]): ReadonlySet<string> {
  const known = new Set(starts);
  const groups = connectedGroups([...starts, ...edges.flat()], edges);
  return new Set(groups.filter((names) => names.some((name) => known.has(name))).flat());
}

/** Groups of two names and more that can all reach each other along the edges, in order. */
export function circularGroups(names: Iterable<string>, edges: readonly Edge[]): string[][] {
  return sortedGroups(stronglyConnectedComponents(graphOf(names, edges))).filter((group) => group.length > 1);
}

// The library keeps neighbours in plain objects, so that a server called `constructor` would seem to be there
// already. A prefix keeps names away from everything that objects are born with.
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
