import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ProjectFiles } from "./project-files";

// The page ends with a note: marks of the page and of the files that a later run may replace. A file without its mark
// there is somebody else's, or somebody has changed it.

const begin = "<!-- whm-dns adopt:";

/** Adds the note to a page. */
export function withNote(page: string, replaceable: ProjectFiles): string {
  return `${page}\n${begin} ${[page, ...Object.values(replaceable)].map(markOf).join(" ")} -->\n`;
}

/** Tells which texts an earlier run has written, by its page, so that a later one may replace them; none without a page. */
export async function writtenEarlier(page: string): Promise<(text: string) => boolean> {
  const marks = marksIn(await readFile(page, "utf8").catch(() => ""));
  return (text) => marks.has(markOf(withoutNote(text)));
}

function marksIn(page: string): Set<string> {
  const at = page.lastIndexOf(`\n${begin}`);
  return new Set(at < 0 ? [] : page.slice(at).trim().split(" "));
}

function withoutNote(text: string): string {
  const at = text.lastIndexOf(`\n${begin}`);
  return at < 0 ? text : text.slice(0, at);
}

function markOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
