import type { ClusterProgram } from "./cluster-program";
import { Code, literal } from "./literal";

/** Writes the program that declares clusters. */
export function programText(clusters: readonly ClusterProgram[], date: string): string {
  const names = variableNames(clusters);
  return [
    `import * as whm from "pulumi-whm";`,
    "",
    `// Found on running servers on ${date}. The servers, and how to reach them, are in`,
    "// the stack's configuration whm:servers.",
    ...clusters.map((cluster, at) => declaration(names[at] ?? "", cluster)),
    "",
    ...exported(clusters, names),
    "",
  ].join("\n");
}

function declaration(variable: string, { name, args, direct }: ClusterProgram): string {
  const { links, ...rest } = args;
  const shape = direct ? { "...direct": new Code(directText(direct)) } : { links };
  const declared = { ...shape, ...rest };
  const start = `const ${variable} = new whm.DnsCluster(${JSON.stringify(name)}, `;
  return `${start}${literal(declared, 0, start.length, 2)});`;
}

/** Writes the call of `directLinks`, as it stands in the arguments. */
function directText(direct: NonNullable<ClusterProgram["direct"]>): string {
  const start = "whm.directLinks(";
  return `${start}${literal(direct, 2, "...".length + start.length, 2)})`;
}

function exported(clusters: readonly ClusterProgram[], names: readonly string[]): string[] {
  if (clusters.length === 1) return [`export const shape = ${names[0]}.shape;`];
  const shapes = Object.fromEntries(names.map((name) => [name, new Code(`${name}.shape`)]));
  const start = "export const shapes = ";
  return [`${start}${literal(shapes, 0, start.length)};`];
}

/** Returns a name for each cluster that can stand in a program, such as `dnsNs1` for `dns-ns1`. */
function variableNames(clusters: readonly ClusterProgram[]): string[] {
  return clusters.map(({ name }, at) => {
    const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    const text = words
      .map((word, place) => (place === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
      .join("");
    const isTaken = clusters.slice(0, at).some((other) => other.name.toLowerCase() === name.toLowerCase());
    return isTaken ? `${text}${at + 1}` : text;
  });
}

/** Returns the outputs of the stack, as the program exports them. */
export function stackOutputs(
  clusters: readonly ClusterProgram[],
  shapes: readonly (string | null)[],
): object {
  if (clusters.length === 1) return shapes[0] === null ? {} : { shape: shapes[0] };
  const entries = variableNames(clusters).map((name, at): [string, unknown] => [name, shapes[at]]);
  return { shapes: Object.fromEntries(entries.filter(([, shape]) => shape !== null)) };
}
