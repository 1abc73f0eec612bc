/** A command line that a shell would treat as more than one simple command. */
export class NotSimpleError extends Error {
  override readonly name = "NotSimpleError";
}

/**
 * Splits a command line into words as a POSIX shell does: blanks part words, single quotes keep everything, double
 * quotes keep all but `\` before `$`, `` ` ``, `"` and `\`, a backslash keeps the next character.
 *
 * @throws NotSimpleError for an open quote and for anything that would need a shell: `;`, `|`, `&`, `<`, `>`, `(`, `)`, `$`, `` ` ``
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let rest = line;
  while (rest !== "") {
    const piece = nextPiece(rest);
    rest = rest.slice(piece.length);
    if (piece.text === undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + piece.text;
    }
  }
  return word === undefined ? words : [...words, word];
}

interface Piece {
  /** Characters used up. */
  readonly length: number;
  /** What they add to the word; undefined ends the word. */
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
