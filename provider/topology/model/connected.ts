import { DirectedGraph } from "graphology";
import { stronglyConnectedComponents } from "graphology-components";
import { compareNames, inReadingOrder } from "../report/words";
import { walk } from "./walk";

/** An edge from the first name to the second. */
export type Edge = readonly [from: string, to: string];

/** Returns the groups of connected names, whatever the direction of the edges. Groups and names are sorted. */
export function connectedGroups(names: Iterable<string>, edges: readonly Edge[]): string[][] {
  const neighbours = neighboursAlong(eitherWay(edges));
  const trail = new Map<string, string | undefined>();
  const groups = [...names, ...edges.flat()].map((name) => walk([name], neighbours, trail));
  return sortedGroups(groups.filter(({ length }) => length > 0));
}

/** Returns the names connected with any of these, whatever the direction of the edges, including these. */
export function connectedWith(starts: readonly string[], edges: readonly Edge[]): ReadonlySet<string> {
  return reachedFrom(starts, eitherWay(edges));
}

/** Returns the names that edges lead to from any of these, including these. */
export function reachedFrom(starts: readonly string[], edges: readonly Edge[]): ReadonlySet<string> {
  return new Set(walk(starts, neighboursAlong(edges)));
}

/** Returns the groups of two or more names that can all reach each other along the edges, sorted. */
export function circularGroups(names: Iterable<string>, edges: readonly Edge[]): string[][] {
  const groups = stronglyConnectedComponents(graphOf(names, edges)).filter(({ length }) => length > 1);
  return sortedGroups(groups.map((group) => group.map((name) => name.slice(prefix.length))));
}

/** Returns where the edges from a name lead, each name once and in the order of the edges. */
export function neighboursAlong(edges: readonly Edge[]): (name: string) => readonly string[] {
  const sets = new Map<string, Set<string>>();
  for (const [from, to] of edges) sets.set(from, (sets.get(from) ?? new Set()).add(to));
  const lists = new Map([...sets].map(([name, set]) => [name, [...set]]));
  return (name) => lists.get(name) ?? [];
}

export function reversed([from, to]: Edge): Edge {
  return [to, from];
}

function eitherWay(edges: readonly Edge[]): Edge[] {
  return [...edges, ...edges.map(reversed)];
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
  return groups.map((names) => inReadingOrder(names)).sort(compareNames);
}
