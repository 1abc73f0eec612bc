import { nearestWord } from "../../schema/suggestion";
import {
  findRisk,
  findRule,
  risks,
  rules as table,
  wrapLines,
  type Risk,
  type Rule,
  type Severity,
} from "../../topology";
import { exitCodes, type ExitCode } from "../exit-codes";
import { riskLines } from "../risk-lines";
import { drawTable } from "../table";
import { titledLines } from "../titled-lines";
import { UsageError } from "../usage-error";
import { printJson, printLines, type Colours, type Streams } from "../streams";

/** Options of `whm-dns rules`. */
export interface RulesOptions {
  /** Print data only. */
  readonly json?: boolean;
}

/** Shows the table of rules, or all about one rule or one risk of a change: findings of both end in their id. */
export function rules(id: string | undefined, { json }: RulesOptions, streams: Streams): ExitCode {
  const risk = id === undefined ? undefined : findRisk(id);
  if (risk) showRisk(risk, json, streams);
  else if (id === undefined) showTable(json, streams);
  else showRule(ruleOf(id), json, streams);
  return exitCodes.accepted;
}

function ruleOf(id: string): Rule {
  const rule = findRule(id);
  if (rule) return rule;
  const nearest = nearestWord(
    id,
    [...table, ...risks].map((each) => each.id),
  );
  const hint = nearest === undefined ? "." : `; did you mean ${nearest}?`;
  throw new UsageError(`There is no rule ${id}${hint} \`whm-dns rules\` lists them all.`);
}

function ruleData({
  id,
  severity,
  fixed,
  scope,
  guide,
  source,
  summary,
  consequence,
  example,
}: Rule): object {
  return { id, severity, fixed, scope, guide, source, summary, consequence, example };
}

function showTable(json: boolean | undefined, { output, colours, columns }: Streams): void {
  if (json) return printJson(output, table.map(ruleData));
  const isNarrow = columns !== undefined && columns < shortColumns + narrowestSummary;
  const between = isNarrow ? [] : ["", "within", "guide"];
  const rows = table.map((rule) => [
    rule.id,
    paint(rule.severity, colours),
    ...(isNarrow ? [] : [rule.fixed ? "fixed" : "", rule.scope, rule.guide.join(" ")]),
    rule.summary,
  ]);
  const head = ["rule", "severity", ...between, "what it rejects or reports"];
  const room = columns === undefined ? null : columns - (isNarrow ? firstColumns : shortColumns);
  const widths = [null, null, ...between.map(() => null), room && Math.max(narrowestSummary, room)];
  printLines(output, drawTable(head, rows, widths), "", "`whm-dns rules ID` explains one, with an example.");
}

/** Width of the five short columns, and of the first two. A narrow terminal has room for these alone. */
const shortColumns = 67;
const firstColumns = 41;
const narrowestSummary = 24;

function paint(severity: Severity, colours: Colours): string {
  return severity === "error" ? colours.red(severity) : colours.yellow(severity);
}

function showRule(rule: Rule, json: boolean | undefined, { output, colours, columns }: Streams): void {
  if (json) return printJson(output, ruleData(rule));
  const standing = rule.fixed ? `${rule.severity}, fixed` : rule.severity;
  const rows: [string, string][] = [
    ["consequence", rule.consequence],
    ["example", rule.example],
    ["judged", scopes[rule.scope]],
    ["source", [rule.guide.join(", "), rule.source].filter(Boolean).join(": ")],
  ];
  printLines(
    output,
    `${colours.bold(rule.id)} (${standing})`,
    ...wrapLines([rule.summary], columns),
    "",
    ...titledLines(rows, columns),
    "",
    ...wrapLines(overrideLines(rule), columns),
  );
}

const scopes = {
  cluster: "within each cluster",
  everything: "once over everything that is declared",
} as const;

function showRisk(risk: Risk, json: boolean | undefined, streams: Streams): void {
  const { output } = streams;
  const { id, severity, summary, consequence } = risk;
  if (json) printJson(output, { id, severity, summary, consequence });
  else printLines(output, ...riskLines(risk, streams));
}

function overrideLines({ id, fixed, severity }: Rule): string[] {
  if (fixed) return ["It is fixed and accepts no override: change the topology instead."];
  const other = severity === "error" ? "warning" : "off";
  return [
    "To override it, in a topology file or in `rules` of a DnsCluster or Provider (error, warning or off):",
    "",
    "  rules:",
    `    ${id}: { severity: ${other}, reason: "why, printed with each finding" }`,
  ];
}
