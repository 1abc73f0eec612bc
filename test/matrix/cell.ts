/** One cell of the matrix; without `problems` it cannot exist, and `note` says why. A note may also explain a cell. */
export interface Cell {
  /** The table that it stands in. @default all */
  table?: string;
  row: string;
  column: string;
  /** What is wrong; empty when all is well. */
  problems?: string[];
  note?: string;
}

/** What is wrong in some cells, each with its place. */
export function failuresIn(cells: readonly Cell[]): string[] {
  return cells.flatMap(({ table, row, column, problems = [] }) =>
    problems.length > 0
      ? [`${[table, row, column].filter(Boolean).join(" / ")}: ${problems.join("; ")}`]
      : [],
  );
}
