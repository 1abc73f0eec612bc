import { shownValue } from "./shown-value";

/** A value of another kind than expected. */
export interface WrongKind {
  /** Name of the expected kind. */
  readonly expected: string;
  readonly path: readonly PropertyKey[];
  readonly value: unknown;
}

/** Says how to write what was probably meant by a value of the wrong kind; undefined where that is not known. */
export function likelyMeant(wrong: WrongKind): string | undefined {
  const { expected, path, value } = wrong;
  if (typeof value === "object") return ofObjects(wrong);
  const shown = shownValue(path, value);
  if (shown === undefined) return undefined;
  if (expected === "string") return `write "${shown}"`;
  return typeof value === "string" ? ofTexts(expected, value) : undefined;
}

function ofObjects({ expected, path, value }: WrongKind): string | undefined {
  const [parent, name] = path;
  if (parent === "servers" && path.length === 2 && topologyLists.includes(String(name)))
    return `${String(name)} stands beside servers, not in it`;
  if (value === null) return undefined;
  if (expected === "array") return "a list has its entries in brackets, or each after a dash";
  if (expected === "record" && Array.isArray(value))
    return "write each entry after its name, as in web1: { ... }";
  return expected === "string" && Array.isArray(value) ? "write an entry for each" : undefined;
}

/** Keys of a topology whose values are lists: no server is one. */
const topologyLists: readonly string[] = ["links", "trusts", "apiTokens"];

function ofTexts(expected: string, text: string): string | undefined {
  if (expected === "boolean") return truth.get(text.toLowerCase());
  if (expected === "number" || expected === "int")
    return /^\d+$/.test(text) ? `write ${text} without quotes` : undefined;
  if (expected !== "object") return undefined;
  const [, from, to] = /^(\S+) *-+> *(\S+)$/.exec(text) ?? [];
  if (from !== undefined) return `write { from: ${from}, to: ${to}, role: sync }`;
  return /^(error|warning|off)$/.test(text) ? `write { severity: ${text}, reason: ... }` : undefined;
}

/** What is meant by words that other formats take for true or false. */
const truth: ReadonlyMap<string, string> = new Map([
  ...["true", "yes", "on", "y"].map((word) => [word, "write true"] as const),
  ...["false", "no", "off", "n"].map((word) => [word, "write false"] as const),
]);
