import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import { fileProblem } from "../file-problem";
import type { Comparison } from "./git";
import { isSameMeaning, mayHoldTopology, meaningOf } from "./meaning";
import { stackOf } from "./projects";

/** Why a stack is affected. If there are several reasons, the first of these is given. */
export type Reason = "topology" | "program" | "configuration";

/** A change of a project. */
export interface Change {
  readonly reason: Reason;
  /** The stack concerned; all stacks of the project if absent. */
  readonly stack?: string | undefined;
}

/** Returns what a changed file of a project means for its stacks; undefined for nothing. */
export async function changeIn(
  path: string,
  folder: string,
  { oldText }: Comparison,
): Promise<Change | undefined> {
  if (posix.dirname(path) === folder && isConfiguration(path))
    return { reason: "configuration", stack: stackOf(path) };
  if (path.endsWith(".md")) return undefined;
  if (!mayHoldTopology(path)) return { reason: "program" };
  const [before, after] = [meaningOf(await oldText(path)), meaningOf(await newText(path))];
  if (before === undefined && after === undefined) return { reason: "program" };
  return isSameMeaning(before, after) ? undefined : { reason: "topology" };
}

/** Returns those files that hold a topology, or that are there and held one before somebody broke them. */
export async function topologiesAmong(
  files: readonly string[],
  { changed, oldText }: Comparison,
): Promise<string[]> {
  const found = [];
  for (const path of files.filter(mayHoldTopology)) {
    const text = await newText(path);
    if (text === undefined) continue;
    const meaning = meaningOf(text) ?? (changed.includes(path) ? meaningOf(await oldText(path)) : undefined);
    if (meaning !== undefined) found.push(path);
  }
  return found.sort();
}

function isConfiguration(path: string): boolean {
  return posix.basename(path) === "Pulumi.yaml" || stackOf(path) !== undefined;
}

/** Returns the text of a file in the work tree; undefined if it is gone or no file. */
async function newText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(error.code ?? "")) return undefined;
    throw fileProblem("read", path, error);
  });
}
