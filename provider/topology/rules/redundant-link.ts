import type { ClusterGraph } from "../model/graph";
import { aboutLink } from "../judge/raw-findings";
import { defineRule, type RawFinding } from "../judge/rule";
import { pathText } from "../report/words";
import { pathTo, type Network } from "../model/network";

/**
 * A target is reached directly or through an intermediary, not both.
 *
 * A direct link beside a path through an intermediary sends every change to the target twice, at two speeds.
 *
 * Example: `web1 -> ns1 -> ns2` and also `web1 -> ns2`.
 * Source: the guide's configuration with a primary nameserver.
 */
export const redundantLink = defineRule({
  id: "redundant-link",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G7"],
  source: "Guide to DNS Cluster Configurations, primary nameserver as intermediary",
  summary: "A direct feeding link beside a path through an intermediary.",
  consequence: "Every change arrives twice, and the slower copy only adds load.",
  example: "links web1 -> ns1, ns1 -> ns2 and web1 -> ns2",
  check(graph) {
    return [...graph.servers.keys()].flatMap((from) => redundantFrom(from, graph));
  },
});

function redundantFrom(from: string, graph: ClusterGraph): RawFinding[] {
  return detoursFrom(graph.network, from).map(([to, detour]) => {
    const problem = `${from} -> ${to} stands beside ${pathText(detour)}.`;
    return aboutLink(
      { from, to },
      problem,
      "Keep the direct link and remove the detour, or the other way round.",
    );
  });
}

/**
 * The first two visits of each server that left the start by different steps. Visits 2n and 2n + 1 are those of server
 * n; -1 means none. Plain numbers, because every server is walked from.
 */
interface Visits {
  /** Server that the walk went to first. */
  readonly firsts: Int32Array;
  /** Previous visit. */
  readonly befores: Int32Array;
}

/**
 * Returns each server that `start` feeds both directly and by another path, with its name and the shortest other path.
 * One walk finds them all: if two visits of a server began with different steps, one was not the direct link.
 */
export function detoursFrom(network: Network, start: string): [to: string, detour: string[]][] {
  const origin = network.numberOf(start);
  const fed = network.fed[origin] as readonly number[];
  if (fed.length < 2) return []; // Every other path begins with another step than the direct link.
  const visits = visitTwice(network, origin);
  return fed.flatMap((number): [string, string[]][] => {
    const other = 2 * number + 1; // The first visit came by the direct link: nothing is shorter.
    if (visits.firsts[other] === -1) return [];
    const detour = [origin, ...pathTo(other, visits.befores).map((visit) => visit >> 1)];
    return [[nameOf(number, network), detour.map((step) => nameOf(step, network))]];
  });
}

/** Not a walk, since it goes to each server twice, and only what it has visited tells which of the two a step leads to. */
function visitTwice({ names, fed }: Network, origin: number): Visits {
  const firsts = new Int32Array(2 * names.length).fill(-1);
  const befores = new Int32Array(2 * names.length);
  const queue: number[] = [];
  const visit = (number: number, first: number, before: number): void => {
    const place = firsts[2 * number] === -1 ? 2 * number : 2 * number + 1;
    if (number === origin || firsts[place] !== -1 || firsts[2 * number] === first) return;
    firsts[place] = first;
    befores[place] = before;
    queue.push(place);
  };
  for (const number of fed[origin] as readonly number[]) visit(number, number, -1);
  for (const place of queue) {
    for (const number of fed[place >> 1] as readonly number[]) visit(number, firsts[place] as number, place);
  }
  return { firsts, befores };
}

function nameOf(number: number, { names }: Network): string {
  return names[number] as string;
}
