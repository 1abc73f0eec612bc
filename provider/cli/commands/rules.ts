import Table from "cli-table3";
import { closest } from "fastest-levenshtein";
import { rules as table } from "../../index";
import { exitCodes, type ExitCode, type Streams } from "../streams";
import { UsageError } from "../usage-error";

type Row = (typeof table)[number];

/** Prints the table of link rules, or the whole story of one. */
export function rules(id: string | undefined, options: { json?: boolean }, streams: Streams): ExitCode {
  const rows = id === undefined ? [...table] : [rowOf(id)];
  if (options.json) streams.out(`${JSON.stringify(rows.map(asData), null, 2)}\n`);
  else streams.out(id === undefined ? asTable(rows, streams.color) : rows.map(asStory).join(""));
  return exitCodes.accepted;
}

function rowOf(id: string): Row {
  const row = table.find((rule) => rule.id === id);
  if (row) return row;
  const nearest = closest(
    id,
    table.map((rule) => rule.id),
  );
  throw new UsageError(`There is no rule ${id}; did you mean ${nearest}?`);
}

function asData({ check: _check, ...data }: Row): object {
  return data;
}

function asTable(rows: Row[], color: boolean): string {
  const grid = new Table({
    head: ["rule", "severity", "scope", "guide", "what it rejects or reports"],
    colWidths: [30, 14, 12, 9, 62],
    wordWrap: true,
    style: color ? {} : { head: [], border: [] },
  });
  for (const { id, scope, guide, summary, ...rule } of rows) {
    grid.push([id, severityOf(rule), scope, guide.join(" "), summary]);
  }
  return `${grid.toString()}\n`;
}

function asStory(rule: Row): string {
  return [
    `${rule.id}: ${severityOf(rule)}, judged ${rule.scope === "cluster" ? "within each cluster" : "over everything declared"}`,
    "",
    `What it finds:  ${rule.summary}`,
    `If ignored:     ${rule.consequence}`,
    `Example:        ${rule.example}`,
    `Source:         ${rule.source}`,
    `Override:       ${rule.fixed ? "not possible" : `rules: { ${rule.id}: { severity: warning, reason: "..." } }`}`,
    "",
  ].join("\n");
}

function severityOf({ severity, fixed }: Pick<Row, "severity" | "fixed">): string {
  return fixed ? `${severity}, fixed` : severity;
}
