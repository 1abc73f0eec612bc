/** Breaks a line between words to fit a width, and indents the rest further. A word that is wider gets its own line. */
export function wrapLine(line: string, width: number): string[] {
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
