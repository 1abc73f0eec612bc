import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { parseDocument } from "yaml";
import { parseTopology, type Topology } from "../index";
import { UsageError } from "./usage-error";

/**
 * Reads a topology from a YAML or JSON file, or from standard input when it is called `-`.
 *
 * @throws UsageError when it cannot be read or is no YAML
 * @throws MalformedError when a field is not as expected
 */
export async function readTopologyFile(file: string, stdin: Readable): Promise<Topology> {
  const text = file === "-" ? await textOf(stdin) : await readText(file);
  return parseTopology(parseYaml(text, file === "-" ? "standard input" : file));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${reasons[codeOf(error)] ?? codeOf(error)}.`);
  }
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a directory",
};

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown error";
}

function parseYaml(text: string, name: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (!error) return document.toJS();
  // The parser's message goes on with an excerpt of the text.
  const [message] = error.message.split(":\n");
  throw new UsageError(`${name} is no YAML: ${message}.`);
}
