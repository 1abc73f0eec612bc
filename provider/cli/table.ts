import Table from "cli-table3";

/**
 * Draws a table without borders.
 *
 * @param widths width of each column; null makes it as wide as its content
 */
export function drawTable(head: string[], rows: string[][], widths: (number | null)[]): string {
  const drawn = new Table({
    head,
    chars: noBorders,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    colWidths: widths,
    wordWrap: true,
  });
  drawn.push(...rows);
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const noBorders = Object.fromEntries(
  ["top", "bottom", "mid", "left", "right"]
    .flatMap((place) => [place, `${place}-mid`, `${place}-left`, `${place}-right`])
    .concat("mid-mid", "middle")
    .map((name) => [name, ""]),
);
