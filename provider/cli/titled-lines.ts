import { wrapLines } from "../topology";

/** Width of the column of titles. */
const titleWidth = 13;

/**
 * Formats texts behind their titles, one below the other.
 *
 * @param columns width of a terminal; undefined leaves each text on one line
 */
export function titledLines(
  rows: readonly (readonly [title: string, text: string])[],
  columns: number | undefined,
): string[] {
  return rows.flatMap(([title, text]) =>
    wrapLines([text], columns && columns - titleWidth).map((line, at) =>
      at === 0 ? title.padEnd(titleWidth) + line : " ".repeat(titleWidth) + line.trimStart(),
    ),
  );
}
