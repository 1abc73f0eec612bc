import type { Finding } from "../judge/finding";
import { shapeOf, shapeTitles } from "../model/classify";
import type { ClusterGraph } from "../model/graph";
import { productOf, type ClusterServer } from "../model/server";
import { countText, inReadingOrder } from "../report/words";
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
    unknown: inReadingOrder([...new Set(named)].filter((name) => !graph.servers.has(name))),
    links,
    trusts,
    ...markPlaces(findings),
  };
}

/** Describes a cluster by its shape and size, in one line. */
export function titleText({ graph }: Pick<Drawing, "graph">): string {
  const { webServers, nameservers } = graph;
  const size = `${countText(webServers.length, "web server")}, ${countText(nameservers.length, "nameserver")}`;
  return `${shapeTitles[shapeOf(graph) ?? "none"]} (${size})`;
}

/** Describes what a server is, in a few words. */
export function kindText(server: ClusterServer, { intermediaries, unlinked }: ClusterGraph): string {
  const words = [productOf(server)];
  if (server.type === "cpanel" && server.nameserver) words.push("nameserver");
  if (intermediaries.includes(server.name)) {
    words.push(server.intermediary ? "intermediary" : "undeclared intermediary");
  }
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
