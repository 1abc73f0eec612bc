import type { ClusterGraph } from "../model/graph";
import { defineRule } from "../judge/rule";
import { walk } from "../model/walk";

/**
 * A declared intermediary is between a web server and another nameserver.
 *
 * The guide's configuration with a primary nameserver needs a web server before it and a second nameserver behind it.
 * If either is missing, a link was probably forgotten.
 *
 * Example: `ns1` with `intermediary: true` and no link from it.
 * Source: the guide's configuration with a primary nameserver.
 */
export const intermediarySize = defineRule({
  id: "intermediary-size",
  severity: "error",
  fixed: true,
  scope: "cluster",
  guide: ["G7"],
  source: "Guide to DNS Cluster Configurations, primary nameserver as intermediary",
  summary: "A declared intermediary that no web server feeds, or that feeds no other nameserver.",
  consequence:
    "An intermediary with nothing on one of its sides passes no zones on, so the servers behind it stay empty.",
  example: "ns1 with intermediary: true and no link from it",
  check(graph) {
    const fed = new Set(walk(webServerNames(graph), graph.fedFrom));
    return graph.nameservers
      .filter(({ intermediary }) => intermediary)
      .flatMap(({ name }) => {
        const missing = [
          ...(fed.has(name) ? [] : ["no feeding path from a web server leads to it"]),
          ...(feedsNameserver(name, graph) ? [] : ["no feeding path leads from it to another nameserver"]),
        ];
        if (missing.length === 0) return [];
        const problem = `${name} is declared an intermediary, but ${missing.join(" and ")}.`;
        return [{ servers: [name], problem, fix: "Add the missing link, or remove intermediary: true." }];
      });
  },
});

function webServerNames({ webServers }: ClusterGraph): string[] {
  return webServers.map(({ name }) => name);
}

function feedsNameserver(name: string, { servers, walkFrom }: ClusterGraph): boolean {
  return walkFrom(name).reached.some((other) => servers.get(other)?.nameserver);
}
