import type { Finding } from "../judge/finding";
import type { ClusterGraph } from "../model/graph";
import { productOf, type ClusterServer } from "../model/server";
import type { Drawing } from "./drawing-type";
import { markPlaces } from "./marks";

/**
 * Prepares a drawing.
 *
 * @param only names to draw; all if absent
 */
export function prepareDrawing(
  graph: ClusterGraph,
  findings: readonly Finding[],
  only?: ReadonlySet<string>,
): Drawing {
  const drawn = (name: string): boolean => only?.has(name) ?? true;
  const links = graph.links.filter(({ from, to }) => drawn(from) && drawn(to));
  const trusts = graph.trusts.filter(({ server, peer }) => drawn(server) && drawn(peer));
  const named = [
    ...links.flatMap(({ from, to }) => [from, to]),
    ...trusts.flatMap(({ server, peer }) => [server, peer]),
    ...findings.flatMap(({ servers }) => servers.filter(drawn)),
  ];
  return {
    graph,
    findings,
    servers: [...graph.servers.values()].filter(({ name }) => drawn(name)),
    unknown: [...new Set(named)].filter((name) => !graph.servers.has(name)).sort(),
    links,
    trusts,
    ...markPlaces(findings),
  };
}

/** Describes what a server is, in a few words. */
export function kindText(server: ClusterServer, { intermediaries, unlinked }: ClusterGraph): string {
  const words = [productOf(server)];
  if (server.type === "cpanel" && server.nameserver) words.push("nameserver");
  if (intermediaries.includes(server.name)) words.push("intermediary");
  if (unlinked.includes(server.name)) words.push("not linked");
  return words.join(", ");
}

/** Describes a server by name and kind, in one line. */
export function serverText(name: string, graph: ClusterGraph): string {
  const server = graph.servers.get(name);
  return `${printable(name)} (${server ? kindText(server, graph) : "not declared"})`;
}

/**
 * Removes line breaks and other control characters, which would tear a drawing apart, and characters that reverse the
 * reading direction or are invisible: a name must not look like another one.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
