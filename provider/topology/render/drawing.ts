import type { Link, Trust } from "../../schema/topology";
import type { Finding } from "../finding";
import type { ClusterGraph } from "../graph";
import { productOf, type ClusterServer } from "../server";

/** A topology with its findings, as the drawings show it. */
export interface Drawing {
  readonly graph: ClusterGraph;
  readonly findings: readonly Finding[];
  /** Servers to draw, in order; a report draws the offending part only. */
  readonly servers: readonly ClusterServer[];
  /** Names that links and trusts speak of and nobody declares. */
  readonly unknown: readonly string[];
  readonly links: readonly Link[];
  readonly trusts: readonly Trust[];
  /** Findings on the entry that one server stores about another. */
  readonly findingsOn: (holder: string, about: string) => readonly Finding[];
  /** Findings about a server, or a group of which it is the first. */
  readonly findingsAt: (server: string) => readonly Finding[];
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
  const ends = [
    ...links.flatMap(({ from, to }) => [from, to]),
    ...trusts.flatMap(({ server, peer }) => [server, peer]),
  ];
  const onLinks = grouped(findings, ({ link }) => link && entryKey(link.from, link.to));
  // A slow path is a warning about two servers and everything between: a mark at the first would tell nothing.
  const markable = findings.filter(({ rule, link }) => !link && rule !== "intermediary-slowdown");
  const atServers = grouped(markable, ({ servers }) => servers[0]);
  return {
    graph,
    findings,
    servers: [...graph.servers.values()].filter(({ name }) => drawn(name)),
    unknown: [...new Set(ends)].filter((name) => !graph.servers.has(name)).sort(),
    links,
    trusts,
    findingsOn: (holder, about) => onLinks.get(entryKey(holder, about)) ?? [],
    findingsAt: (server) => atServers.get(server) ?? [],
  };
}

/** What a server is, in a few words. */
export function kindText(server: ClusterServer, { intermediaries }: ClusterGraph): string {
  const words = [productOf(server)];
  if (server.type === "cpanel" && server.nameserver) words.push("nameserver");
  if (intermediaries.includes(server.name)) words.push("intermediary");
  return words.join(", ");
}

/** Findings in a few words: `error sync-back, warning token-scope`. */
export function markText(findings: readonly Finding[]): string {
  return findings.map(({ severity, rule }) => `${severity} ${rule}`).join(", ");
}

/** Text without line breaks and other control characters, which would tear a drawing apart. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "?");
}

function grouped(
  findings: readonly Finding[],
  keyOf: (finding: Finding) => string | undefined,
): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    if (key === undefined) continue;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(finding);
  }
  return groups;
}

function entryKey(holder: string, about: string): string {
  return `${holder}\0${about}`;
}
