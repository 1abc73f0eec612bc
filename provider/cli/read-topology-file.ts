import { createRequire } from "node:module";
import { isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import type { Topology } from "..";
import { TopologyError, validateTopology, type Finding } from "../topology";
import { UsageError } from "./usage-error";
import { nameOf, readText } from "./read-text";
import type { Streams } from "./streams";

/** A topology with the findings of the rules. */
export interface JudgedTopology {
  readonly topology: Topology;
  readonly findings: readonly Finding[];
}

/**
 * Reads a topology from a YAML or JSON file and judges it; `-` means standard input.
 *
 * @throws UsageError when it can't be read, is malformed, or contains an override that the rules don't allow
 */
export async function readTopologyFile(
  file: string,
  { input }: Pick<Streams, "input">,
): Promise<JudgedTopology> {
  const name = nameOf(file);
  const value = readYaml(await readText(file, input), name);
  if (value === null || value === undefined)
    throw new UsageError(`${name} is empty; a topology has servers and links.`);
  const { MalformedError, parseTopology } = frontDoor();
  try {
    const topology = parseTopology(value);
    return { topology, findings: validateTopology(topology) };
  } catch (error) {
    if (!(error instanceof MalformedError) && !(error instanceof TopologyError)) throw error;
    const problems = error.problems.map((problem) => `  ${problem}`);
    throw new UsageError([`${name} is malformed:`, ...problems].join("\n"), { cause: error });
  }
}

const load = createRequire(__filename);

/**
 * Loads the package's main module. It loads the engine's library too, half a second: only commands that parse a file wait.
 */
function frontDoor(): typeof import("../index") {
  return load("../index") as typeof import("../index");
}

/**
 * Parses YAML, or JSON, which is also YAML. Messages give line and column and never repeat the text: a wrong file may
 * contain secrets.
 *
 * @param name name of the file in messages
 * @throws UsageError with every syntax error
 */
function readYaml(text: string, name: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const problems = document.errors.map(({ code, message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    const said = code === "MULTIPLE_DOCS" ? "A second document begins here" : message.split("\n")[0];
    return `  line ${line}, column ${col}: ${said}`;
  });
  if (problems.length > 0) throw new UsageError([`${name} is not YAML or JSON:`, ...problems].join("\n"));
  keepVersionsAsWritten(document);
  return toData(document, name);
}

/** Keeps versions as text: 11.110 would be read as a number and lose its last digit. */
function keepVersionsAsWritten(document: Document): void {
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!isScalar(key) || key.value !== "version" || !isScalar(value)) return;
      if (typeof value.value === "number") value.value = value.source ?? String(value.value);
    },
  });
}

/** Converts to data. Aliases are followed only here, up to a limit. */
function toData(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(`${name} is not YAML or JSON:\n  ${(error as Error).message}`, { cause: error });
  }
}
