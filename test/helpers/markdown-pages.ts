import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The work tree. */
export const root = resolve(__dirname, "../..");

const foreign = new Set([
  "node_modules",
  "dist",
  "coverage",
  "reports",
  "release",
  "site",
  ".stryker-tmp",
  ".git",
]);

/** Paths of all Markdown files of the repository, from its root. */
export function markdownPages(folder = ""): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foreign.has(entry.name) ? [] : markdownPages(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** The text of a page. */
export function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

/** Targets of all links and images of a page, those in code left out. */
export function linksOf(text: string): string[] {
  const prose = withoutCode(text);
  const patterns = [
    /\]\(\s*<?([^)\s>]+)>?[^)]*\)/g,
    /^ {0,3}\[[^\]]+\]:\s*(\S+)/gm,
    /<(?:a|img)\b[^>]*?\b(?:href|src)="([^"]+)"/g,
  ];
  return patterns.flatMap((pattern) => [...prose.matchAll(pattern)].map(([, target]) => target!));
}

/** Everything on a page that `#...` can lead to, by GitHub's rules: headings, the second of a name with `-1`, and ids. */
export function anchorsOf(text: string): Set<string> {
  const headings = [...withoutFences(text).matchAll(/^ {0,3}#{1,6} +(.*?)(?: +#+)? *$/gm)];
  const seen = new Map<string, number>();
  const named = headings.map(([, heading]) => {
    const name = anchorOf(heading!);
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name}-${before}`;
  });
  const ids = [...text.matchAll(/<a\b[^>]*?\b(?:id|name)="([^"]+)"/g)].map(([, id]) => id!);
  return new Set([...named, ...ids]);
}

function anchorOf(heading: string): string {
  const shown = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/<[^>]+>/g, "");
  return shown
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, "");
}

function withoutFences(text: string): string {
  return text.replace(/^( *)(`{3,}|~{3,})[^]*?^\1\2.*$/gm, "");
}
