/** A command line needs more of a shell than is simulated. */
export class NotSimpleError extends Error {
  override readonly name = "NotSimpleError";
}

/** Stands between commands, or after one whose errors go to its output. */
export type Operator = ";" | "|" | "2>&1";

/** A word of a command, or an operator. */
export type Token = { readonly word: string } | { readonly operator: Operator };

/**
 * Splits a command line like a POSIX shell: blanks separate words, single quotes keep everything, double quotes keep
 * everything except `\` before `$`, `` ` ``, `"` and `\`, a backslash keeps the next character.
 *
 * @throws NotSimpleError for an open quote and for anything but the operators above: `&`, `<`, `>`, `(`, `)`, `$`, `` ` ``
 */
export function splitLine(line: string): Token[] {
  const tokens: Token[] = [];
  let word: string | undefined;
  let rest = line;
  const endWord = (): void => {
    if (word !== undefined) tokens.push({ word });
    word = undefined;
  };
  while (rest !== "") {
    const operator = operatorAt(rest, word === undefined);
    const piece = operator === undefined ? nextPiece(rest) : { length: operator.length, text: undefined };
    rest = rest.slice(piece.length);
    if (piece.text !== undefined) word = (word ?? "") + piece.text;
    else endWord();
    if (operator !== undefined) tokens.push({ operator });
  }
  endWord();
  return tokens;
}

function operatorAt(rest: string, isBetweenWords: boolean): Operator | undefined {
  const merge = isBetweenWords ? /^2>&1(?=[ \t\n;|]|$)/.exec(rest) : null;
  return (merge ?? /^(?:;|\|(?!\|))/.exec(rest))?.[0] as Operator | undefined;
}

interface Piece {
  /** Number of characters consumed. */
  readonly length: number;
  /** Text added to the word; undefined ends the word. */
  readonly text: string | undefined;
}

function nextPiece(rest: string): Piece {
  const blank = /^[ \t\n]+/.exec(rest);
  if (blank) return { length: blank[0].length, text: undefined };
  const single = /^'([^']*)'/.exec(rest);
  if (single) return { length: single[0].length, text: single[1] ?? "" };
  const double = /^"((?:[^"\\$`]|\\[\s\S])*)"/.exec(rest);
  if (double)
    return { length: double[0].length, text: (double[1] ?? "").replace(/\\([$`"\\\n])/g, unescaped) };
  const escaped = /^\\([\s\S])/.exec(rest);
  if (escaped) return { length: 2, text: unescaped("", escaped[1] ?? "") };
  const plain = /^[^ \t\n'"\\;|&<>()$`]+/.exec(rest);
  if (plain) return { length: plain[0].length, text: plain[0] };
  throw new NotSimpleError(`not a simple command: unexpected ${rest.charAt(0)}`);
}

function unescaped(_match: string, character: string): string {
  return character === "\n" ? "" : character;
}
