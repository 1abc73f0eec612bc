import { coloursOf, type Piece } from "./terminal-colours";

/** Characters in a line. */
const columns = 100;

/** Where text begins, and how far one line is below the other. Every usual monospaced font is narrower than a cell. */
const left = 20;
const top = 64;
const lineHeight = 18;
const cellWidth = 7.9;

/** Draws what a terminal showed as an SVG image. Text stays text. */
export function terminalPicture(command: string, output: string): string {
  const lines = [
    [{ text: "$ ", colour: "#8b949e" }, { text: command }],
    ...coloursOf(output).flatMap(wrapped),
  ];
  const [width, height] = [Math.round(2 * left + columns * cellWidth), top + lines.length * lineHeight];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(command)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#0d1117" stroke="#30363d"/>`,
    ...["#ff5f57", "#febc2e", "#28c840"].map(
      (colour, index) => `<circle cx="${left + 4 + index * 20}" cy="22" r="6" fill="${colour}"/>`,
    ),
    '<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,Liberation Mono,monospace" font-size="13" fill="#e6edf3">',
    ...lines.map(lineText),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function lineText(pieces: readonly Piece[], index: number): string {
  const spans = pieces.map(({ text, colour, bold }) => {
    const look = `${colour ? ` fill="${colour}"` : ""}${bold ? ' font-weight="bold"' : ""}`;
    return look ? `<tspan${look}>${escaped(text)}</tspan>` : escaped(text);
  });
  return `<text xml:space="preserve" x="${left}" y="${top + index * lineHeight}">${spans.join("")}</text>`;
}

/** Breaks a line between words. What follows is indented as the line is. */
function wrapped(pieces: readonly Piece[]): Piece[][] {
  const indent = /^ */.exec(pieces.map(({ text }) => text).join(""))?.[0] ?? "";
  const lines: Piece[][] = [[]];
  let used = 0;
  for (const { text, ...look } of pieces) {
    for (const word of text.match(/ +|[^ ]+/g) ?? []) {
      if (used + word.length > columns && used > indent.length) {
        lines.push(indent ? [{ text: indent }] : []);
        used = indent.length;
        if (word.trim() === "") continue;
      }
      append(lines.at(-1) ?? [], { ...look, text: word });
      used += word.length;
    }
  }
  return lines;
}

/** Adds to the last piece of a line if it looks the same. */
function append(line: Piece[], piece: Piece): void {
  const last = line.at(-1);
  if (last && last.colour === piece.colour && last.bold === piece.bold) {
    line[line.length - 1] = { ...last, text: last.text + piece.text };
  } else {
    line.push(piece);
  }
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? character);
}
