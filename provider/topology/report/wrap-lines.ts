/**
 * Breaks lines between words to fit a width, and indents the rest of each further. A word that is wider gets its own line.
 *
 * @param width of a terminal; undefined leaves the lines as they are
 */
export function wrapLines(lines: readonly string[], width: number | undefined): string[] {
  return width === undefined ? [...lines] : lines.flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): string[] {
  const indent = `${/^ */.exec(line)?.[0] ?? ""}  `;
  const [first = "", ...words] = line.trimStart().split(" ");
  const lines = [indent.slice(2) + first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(indent + word);
  }
  return lines;
}
