import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../shared/paths.mjs";

const require = createRequire(import.meta.url);
const drawing = /^```mermaid\n[^]*?^```$/m;

/**
 * Puts pictures in the place of Mermaid's drawings, which GitHub draws and a site would need a large library for. On the page of
 * the rules each section draws the file of its name.
 *
 * @returns {Promise<{ text: string, pictures: Map<string, string> }>} the page, and its pictures by name
 */
export async function drawnRules(text) {
  const { parseTopology, renderTopology } = require(join(root, "dist"));
  const { parse } = require("yaml");
  const pictures = new Map();
  const sections = text.split(/^(?=## )/m).map(async (section) => {
    const id = /^## ([a-z-]+)\n/.exec(section)?.[1];
    if (id === undefined || !drawing.test(section)) return section;
    const topology = parseTopology(parse(await readFile(join(root, "docs/rules", `${id}.yaml`), "utf8")));
    pictures.set(`${id}.svg`, await renderTopology(topology, "svg"));
    return section.replace(drawing, `![The servers and links of the example](/drawings/${id}.svg)`);
  });
  return { text: (await Promise.all(sections)).join(""), pictures };
}
