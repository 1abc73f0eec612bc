import { isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import { UsageError } from "./usage-error";

/**
 * Reads YAML, or JSON, which is YAML too. Messages give line and column and never repeat the text: a wrong file may
 * hold secrets.
 *
 * @param name what the file is called in messages
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

/** A version such as 11.110 reads as a number, and would lose its last digit. */
function keepVersionsAsWritten(document: Document): void {
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!isScalar(key) || key.value !== "version" || !isScalar(value)) return;
      if (typeof value.value === "number") value.value = value.source ?? String(value.value);
    },
  });
}

/** Aliases are followed only here, and only so many of them. */
function toData(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(`${name} is not YAML or JSON:\n  ${(error as Error).message}`, { cause: error });
  }
}
