import { stringify } from "yaml";
import { schemaComment } from "../../files/schema-comment";
import type { Topology } from "../../schema/topology";
import type { ClusterProgram } from "./cluster-program";
import type { ProjectFiles } from "./project-files";

/** Writes a topology file for each cluster: `cluster.yaml` if there is one, else named after the clusters. */
export function topologyFiles(clusters: readonly ClusterProgram[]): ProjectFiles {
  const nameOf = ({ name }: ClusterProgram): string =>
    clusters.length === 1 ? "cluster.yaml" : `cluster-${name}.yaml`;
  return Object.fromEntries(
    clusters.map((cluster) => [nameOf(cluster), topologyText(cluster.found.topology)]),
  );
}

/** Writes a topology file with one line for each server, link and token. */
function topologyText(topology: Topology): string {
  const sections = Object.entries(topology).map(([key, value]: [string, unknown]) => {
    if (typeof value !== "object" || value === null) return `${key}: ${onOneLine(value)}`;
    if (Array.isArray(value)) return list(key, value);
    if (Object.keys(value).length === 0) return `${key}: {}`;
    const entries = Object.entries(value).map(([name, item]) => `  ${onOneLine(name)}: ${onOneLine(item)}`);
    return [`${key}:`, ...entries].join("\n");
  });
  return `${schemaComment("topology")}${sections.join("\n")}\n`;
}

function list(key: string, items: readonly unknown[]): string {
  if (items.length === 0) return `${key}: []`;
  return [`${key}:`, ...items.map((item) => `  - ${onOneLine(item)}`)].join("\n");
}

function onOneLine(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", flowCollectionPadding: true, lineWidth: 0 }).trim();
}
