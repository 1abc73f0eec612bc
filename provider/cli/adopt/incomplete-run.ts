import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ProjectFiles } from "./project-files";

// A run that could not read every server writes a program, and a later run writes another one. The page between them
// tells which files nobody has changed meanwhile.

const begin = "<!-- Not brought in:";

/** Writes a note for the end of the page of an incomplete run: the files that a later run may replace. */
export function noteOf(files: ProjectFiles): string {
  return `${begin} ${Object.values(files).map(markOf).join(" ")} -->`;
}

/** Tells which texts an incomplete run has written, by its page; none if there is no such page. */
export async function writtenByIncompleteRun(page: string): Promise<(text: string) => boolean> {
  const text = await readFile(page, "utf8").catch(() => "");
  const note = text.split("\n").find((line) => line.startsWith(begin)) ?? "";
  const marks = new Set(note.split(" "));
  return (written) => marks.has(markOf(written));
}

function markOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
