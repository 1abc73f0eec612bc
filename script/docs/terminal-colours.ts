/** Text in one colour. */
export interface Piece {
  readonly text: string;
  /** Ordinary if absent. */
  readonly colour?: string;
  readonly bold?: boolean;
}

/** The colours of a terminal that Pulumi uses, by their numbers. */
const colours: Readonly<Record<string, string>> = {
  "1": "#ff7b72",
  "2": "#3fb950",
  "3": "#d29922",
  "12": "#79c0ff",
  "13": "#d2a8ff",
};

/** Splits a terminal's output into lines of coloured pieces, without blank lines at its end. */
export function coloursOf(output: string): Piece[][] {
  let look: Omit<Piece, "text"> = {};
  const lines = output.trimEnd().split("\n");
  return lines.map((line) => {
    const pieces: Piece[] = [];
    for (const part of line.trimEnd().split(/(\u001b\[[\d;]*m)/)) {
      const [, codes] = /^\u001b\[([\d;]*)m$/.exec(part) ?? [];
      if (codes !== undefined) look = lookAfter(look, codes);
      else if (part !== "") pieces.push({ ...look, text: part });
    }
    return pieces;
  });
}

function lookAfter(before: Omit<Piece, "text">, codes: string): Omit<Piece, "text"> {
  const [, number = ""] = /^38;5;(\d+)$/.exec(codes) ?? [];
  const colour = colours[number];
  if (colour !== undefined) return { ...before, colour };
  return codes === "1" ? { ...before, bold: true } : {};
}
