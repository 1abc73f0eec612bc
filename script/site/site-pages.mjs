import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../shared/paths.mjs";

const folders = ["docs", "examples"];
const singles = ["README.md", "CHANGELOG.md"];

/**
 * The pages of the site by their paths: those of the repository, a README as the first page of its folder.
 *
 * @returns {Promise<Map<string, string>>}
 */
export async function sitePages() {
  const found = await Promise.all(folders.map(pagesIn));
  const paths = [...singles, ...found.flat()];
  const entries = paths.map(async (path) => [
    placeOf(path),
    withPictures(withLinks(await textOf(path), path, new Set(paths))),
  ]);
  return new Map(await Promise.all(entries));
}

async function pagesIn(folder) {
  const names = await readdir(join(root, folder), { recursive: true });
  return names
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
    .map((name) => join(folder, name))
    .sort();
}

function textOf(path) {
  return readFile(join(root, path), "utf8");
}

function placeOf(path) {
  return path.replace(/(^|\/)README\.md$/, "$1index.md");
}

/** Links lead to pages of the site. What is no page, such as a file of an example, is named and not linked. */
function withLinks(text, page, pages) {
  return outsideCode(text, (prose) =>
    prose.replace(/(?<!!)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)/g, (whole, label, target) => {
      const [path, heading] = target.split("#");
      const place = pageAt(join(dirname(page), path), pages);
      if (place === undefined) return /\.(png|svg)$/.test(path) ? whole : label;
      return `[${label}](/${placeOf(place)}${heading === undefined ? "" : `#${heading}`})`;
    }),
  );
}

/** The generator takes a picture without a dot for a package. */
function withPictures(text) {
  return text.replace(/\b(src|srcset)="(?![a-z]+:|[./])/g, '$1="./');
}

function pageAt(path, pages) {
  return [path, join(path, "README.md")].find((each) => pages.has(each));
}

/** Changes a page's text except what stands in blocks of code. */
function outsideCode(text, change) {
  const parts = text.split(/^(```[^]*?^```$)/m);
  return parts.map((part) => (part.startsWith("```") ? part : change(part))).join("");
}
