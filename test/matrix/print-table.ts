import Table from "cli-table3";
import type { Cell } from "./cell";

/** Prints one table after the other; a cell without a table of its own stands in each. */
export function printTables(title: string, cells: readonly Cell[]): void {
  const tables = unique(cells.flatMap((cell) => cell.table ?? []));
  if (tables.length === 0) printTable(title, cells);
  for (const table of tables)
    printTable(
      `${title}: ${table}`,
      cells.filter((cell) => (cell.table ?? table) === table),
    );
}

/** Prints cells as a table: `ok`, `FAIL`, or the number of the note that says why there is no such cell. */
function printTable(title: string, cells: readonly Cell[]): void {
  process.stdout.write(`\n${tableText(title, cells)}\n`);
}

/** The text of it, past what jest would wrap around it. */
export function tableText(title: string, cells: readonly Cell[]): string {
  const columns = unique(cells.map(({ column }) => column));
  const notes = unique(cells.flatMap(({ note }) => note ?? []));
  const table = new Table({
    head: ["", ...columns],
    wordWrap: true,
    colWidths: [30, ...columns.map(() => 16)],
    style: { head: [], border: [], compact: true },
  });
  for (const row of unique(cells.map((cell) => cell.row))) {
    const inRow = columns.map((column) => cells.find((cell) => cell.row === row && cell.column === column));
    table.push([row, ...inRow.map((cell) => word(cell, notes))]);
  }
  return [
    title,
    table.toString(),
    ...notes.map((note, index) => `-${index + 1}  ${note}`),
    countOf(cells),
  ].join("\n");
}

function word(cell: Cell | undefined, notes: readonly string[]): string {
  if (!cell) return "";
  const outcome = cell.problems && (cell.problems.length === 0 ? "ok" : "FAIL");
  return [outcome, cell.note && `-${notes.indexOf(cell.note) + 1}`].filter(Boolean).join(" ");
}

function countOf(cells: readonly Cell[]): string {
  const tried = cells.filter(({ problems }) => problems);
  const failed = tried.filter(({ problems }) => problems!.length > 0);
  return `${tried.length} cells tried, ${failed.length} failed, ${cells.length - tried.length} cannot exist`;
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
