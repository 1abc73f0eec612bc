import { isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import { UsageError } from "./usage-error";

/**
 * Parses YAML, or JSON, which is also YAML. Messages give line and column and never repeat the text: a wrong file may
 * contain secrets.
 *
 * @param name name of the file in messages
 * @throws UsageError with every syntax error
 */
export function readYaml(text: string, name: string): unknown {
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
