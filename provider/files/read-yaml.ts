import { isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import { MalformedError } from "../schema/parse";
import { excerpt, isFreeOfSecrets } from "./excerpt";
import { withPlaces } from "./places";
import { syntaxProblems } from "./syntax-problems";

/** A YAML or JSON file. */
export interface YamlFile {
  readonly data: unknown;
  /** Adds line, column and the line itself to problems of the form `path: what was expected`. */
  located(problems: readonly string[]): string[];
}

const complaint = "is not YAML or JSON";

/**
 * Parses YAML, or JSON, which is also YAML. Messages give line and column. They show a line only without what may be a
 * secret in it: a wrong file may contain some.
 *
 * @param name name of the file in messages
 * @throws MalformedError with every syntax error
 */
export function readYaml(text: string, name: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const problems = syntaxProblems(document, text).map(({ at, end, said }) => {
    const { line, col } = lines.linePos(at);
    const shown = isFreeOfSecrets(text) ? excerpt({ text, line, column: col, width: end - at }) : [];
    return [`line ${line}, column ${col}: ${said}`, ...shown].join("\n");
  });
  if (problems.length > 0) throw new MalformedError(name, problems, complaint);
  keepVersionsAsWritten(document);
  return {
    data: toData(document, name),
    located: (found) => withPlaces(found, { document, text, lines }),
  };
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
    throw new MalformedError(name, [(error as Error).message], complaint);
  }
}
