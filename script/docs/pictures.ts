import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseTopology } from "../../provider/schema";
import type { Topology } from "../../provider/schema/topology";
import { renderComparison, renderTopology } from "../../provider/topology";

const folder = join(__dirname, "../../docs/pictures");
const before = "-before.yaml";

/**
 * Draws each topology of docs/pictures in light and in dark colours: the change from `NAME-before.yaml` where there is
 * one. Returns the images by file name.
 */
export async function pictures(): Promise<ReadonlyMap<string, string>> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml") && !file.endsWith(before));
  const names = files.map((file) => file.replace(".yaml", ""));
  const images = names.flatMap((name) =>
    (["light", "dark"] as const).map(async (theme): Promise<[string, string]> => [
      `${name}-${theme}.svg`,
      await picture(name, theme),
    ]),
  );
  return new Map(await Promise.all(images));
}

async function picture(name: string, theme: "light" | "dark"): Promise<string> {
  const after = topology(`${name}.yaml`);
  const old = `${name}${before}`;
  return existsSync(join(folder, old))
    ? renderComparison(topology(old), after, "svg", theme)
    : renderTopology(after, "svg", theme);
}

function topology(file: string): Topology {
  return parseTopology(parse(readFileSync(join(folder, file), "utf8")));
}
