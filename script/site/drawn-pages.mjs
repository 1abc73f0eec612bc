import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { root } from "../shared/paths.mjs";

const require = createRequire(import.meta.url);
const drawing = /^```mermaid\n([^]*?)^```$/gm;

/** Where the topologies lie that the pages draw. */
const folders = ["docs", "examples"];

/**
 * Puts pictures in the place of Mermaid's drawings, which GitHub draws and a site would need a large library for. Each picture is
 * of the topology whose drawing stands on the page.
 *
 * @param {Map<string, string>} pages their texts by path
 * @returns {Promise<{ pages: Map<string, string>, pictures: Map<string, string> }>} the pictures by name
 */
export async function drawnPages(pages) {
  const { renderTopology } = require(join(root, "dist"));
  const topologies = await topologiesByDrawing();
  const used = new Map();
  const withPicture = (page, text) => {
    const found = topologies.get(text);
    if (found === undefined) {
      throw new Failure(
        `${page} has a drawing of no topology in ${folders.join(", ")}.`,
        text,
        "Run npm run docs.",
      );
    }
    used.set(found.name, found.topology);
    return `![The servers and links](/drawings/${found.name})`;
  };
  const drawn = [...pages].map(([page, text]) => [
    page,
    text.replace(drawing, (_, inside) => withPicture(page, inside.trimEnd())),
  ]);
  const pictures = [...used].map(async ([name, topology]) => [name, await renderTopology(topology, "svg")]);
  return { pages: new Map(drawn), pictures: new Map(await Promise.all(pictures)) };
}

/** Every topology, by the Mermaid text that draws it. */
async function topologiesByDrawing() {
  const { parseTopology, renderTopology } = require(join(root, "dist"));
  const { parse } = require("yaml");
  const found = new Map();
  for (const path of await yamlFiles()) {
    const content = parse(await readFile(join(root, path), "utf8"));
    if (content?.servers === undefined) continue; // Another kind of file.
    const topology = parseTopology(content);
    const name = path.replace(/\.yaml$/, ".svg").replaceAll("/", "-");
    const text = renderTopology(topology, "mermaid").trimEnd();
    if (!found.has(text)) found.set(text, { name, topology });
  }
  return found;
}

async function yamlFiles() {
  const lists = folders.map(async (folder) => {
    const names = await readdir(join(root, folder), { recursive: true });
    return names.filter((name) => name.endsWith(".yaml")).map((name) => join(folder, name));
  });
  const all = (await Promise.all(lists)).flat();
  return all.filter((path) => !path.includes("node_modules")).sort();
}
