import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { TopologyInput } from "../../provider/schema/topology";
import { renderComparison, renderTopology } from "../../provider/topology";
import { reversed } from "./builders";

// Each folder of drawings/ holds a cluster and how it is drawn in each format. Where there is a before.yaml, what is
// drawn is the change from there. When a drawing is meant to change, `whm-dns graph cluster.yaml --format dot` (or text,
// or mermaid) shows the new one: read it before it replaces the old one.

const folder = join(__dirname, "drawings");
const files = { text: "drawing.txt", mermaid: "drawing.mmd", dot: "drawing.dot" } as const;

type Format = keyof typeof files;
type Change = (topology: TopologyInput) => TopologyInput;

const readText = (name: string, file: string): string => readFileSync(join(folder, name, file), "utf8");
const readCluster = (name: string, file: string): TopologyInput =>
  parse(readText(name, file)) as TopologyInput;

function draw(name: string, format: Format, change: Change): string {
  const cluster = change(readCluster(name, "cluster.yaml"));
  if (!existsSync(join(folder, name, "before.yaml"))) return `${renderTopology(cluster, format)}\n`;
  return `${renderComparison(change(readCluster(name, "before.yaml")), cluster, format) as string}\n`;
}

describe.each(readdirSync(folder))("%s", (name) => {
  test.each(Object.keys(files) as Format[])("[U] is drawn as %s", (format) => {
    expect(draw(name, format, (cluster) => cluster)).toBe(readText(name, files[format]));
  });

  test("[U] is drawn the same if everything is declared in another order", () => {
    for (const format of Object.keys(files) as Format[]) {
      expect(draw(name, format, reversed)).toBe(readText(name, files[format]));
    }
  });
});
