import type { Link, Trust } from "../../schema/topology";
import type { Finding } from "../finding";
import type { ClusterGraph } from "../graph";
import { productOf, type ClusterServer } from "../server";
import { markPlaces } from "./marks";

/** A topology with its findings, as the drawings show it. */
export interface Drawing {
  readonly graph: ClusterGraph;
  readonly findings: readonly Finding[];
  /** Servers to draw, in order; a report draws the offending part only. */
  readonly servers: readonly ClusterServer[];
  /** Names that links, trusts and findings speak of and nobody declares. */
  readonly unknown: readonly string[];
  readonly links: readonly Link[];
  readonly trusts: readonly Trust[];
  /** Findings on the entry that one server stores about another. */
  readonly findingsOn: (holder: string, about: string) => readonly Finding[];
  /** Findings on the entry of a trust. */
  readonly findingsOnTrust: (trust: Trust) => readonly Finding[];
  /** Findings about a server. */
  readonly findingsAt: (server: string) => readonly Finding[];
  /** Findings about the cluster that no server stands for. */
  readonly overall: readonly Finding[];
}

/**
 * Prepares a drawing.
 *
 * @param only names to draw; all when absent
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

/** What a server is, in a few words. */
export function kindText(server: ClusterServer, { intermediaries }: ClusterGraph): string {
  const words = [productOf(server)];
  if (server.type === "cpanel" && server.nameserver) words.push("nameserver");
  if (intermediaries.includes(server.name)) words.push("intermediary");
  return words.join(", ");
}

/** A server by name and kind, in a line. */
export function serverText(name: string, graph: ClusterGraph): string {
  const server = graph.servers.get(name);
  return `${printable(name)} (${server ? kindText(server, graph) : "not declared"})`;
}

/**
 * Text without line breaks and other control characters, which would tear a drawing apart, and without those that turn the
 * direction of reading or stand for nothing: a name must not look like another one.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
