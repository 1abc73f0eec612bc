import { isSecretLike } from "../schema/shown-value";

/** A place in a text. */
export interface Place {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** Number of characters that are marked. @default 1 */
  readonly width?: number;
  /** Pieces of the text that may be secrets, from the first to after the last character. They are shown as stars. */
  readonly hidden?: readonly (readonly [from: number, to: number])[];
}

/** Widest piece of a line that is shown. */
const mostCharacters = 100;

/** Returns the line of a place, and a line with a mark below it. Returns nothing for a line that looks like a secret. */
export function excerpt({ text, line, column, width = 1, hidden = [] }: Place): string[] {
  const start = startOf(text, line);
  const end = text.indexOf("\n", start);
  const mark = start + column - 1;
  const before = covered(text, [start, mark], hidden);
  const after = covered(text, [mark, end === -1 ? text.length : end], hidden);
  const shown = `${before}${after.replace(/\s#.*$/, "")}`.replace(/\r$/, "").replaceAll("\t", " ");
  if (isSecretLike(shown)) return [];
  const left = before.length > mostCharacters - 20 ? before.length - 40 : 0;
  const marks = "^".repeat(Math.max(1, Math.min(width, mostCharacters)));
  return [
    `    | ${shown.slice(left, left + mostCharacters).trimEnd()}`,
    `    | ${" ".repeat(before.length - left)}${marks}`,
  ];
}

/** Returns a piece of the text with three stars for each secret: their number must not give away its length. */
function covered(text: string, [from, to]: readonly [number, number], hidden: Place["hidden"] = []): string {
  const inside = hidden.filter(([first, last]) => first < to && last > from).sort(([a], [b]) => a - b);
  const pieces = inside.map(([first], at) => text.slice(inside[at - 1]?.[1] ?? from, Math.max(first, from)));
  const rest = text.slice(inside.at(-1)?.[1] ?? from, to);
  return [...pieces.map((piece) => `${piece}***`), rest].join("");
}

/** Whether nothing in a text that can't be parsed hints at a secret. Only then are its lines shown as they are. */
export function isFreeOfSecrets(text: string): boolean {
  return !/pass|pwd|secret|token|key|cred|auth|BEGIN/i.test(text) && !isSecretLike(text);
}

function startOf(text: string, line: number): number {
  let start = 0;
  for (let count = 1; count < line; count += 1) start = text.indexOf("\n", start) + 1;
  return start;
}
