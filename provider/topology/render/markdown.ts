import type { Finding } from "../judge/finding";
import { overrideText, wordsOf } from "../report/finding-text";
import { printable } from "./drawing";

/** Changes of a topology, for a page. */
export interface PageChanges {
  /** Number of changes, in one line. */
  readonly counts: string;
  /** One line for each change, with its sign. */
  readonly lines: readonly string[];
}

/** Contents of a page. */
export interface Page {
  readonly headline: string;
  readonly findings: readonly Finding[];
  readonly changes?: PageChanges;
  /** A Mermaid flowchart. */
  readonly drawing: string;
}

// A comment on GitHub holds 65,536 characters, and a pipeline may add its own text.
const room = { findings: 20_000, changes: 8_000, drawing: 20_000 };

/** Renders a Markdown page: the verdict, the findings with their fixes, the changes, and a drawing. */
export function markdownPage({ headline, findings, changes, drawing }: Page): string {
  return [
    `## ${inWords(headline)}`,
    ...(findings.length > 0 ? findingsTable(findings) : []),
    ...(changes ? changesBlock(changes) : []),
    isTooLarge(drawing) ? tooLarge : fencedBlock("mermaid", [drawing]),
  ].join("\n\n");
}

/** Mermaid draws at most this many arrows, and an error instead of more. */
const mostArrows = 500;

function isTooLarge(drawing: string): boolean {
  const arrows = drawing.match(/^ {2}s\d+ -/gm) ?? [];
  return drawing.length > room.drawing || arrows.length > mostArrows;
}

const tooLarge =
  "The drawing is too large for a comment. `whm-dns graph --format svg` makes a picture of it.";

function findingsTable(findings: readonly Finding[]): string[] {
  const { shown, left } = asManyAsFit(findings.map(cellsOf), room.findings);
  const head = ["severity", "where", "what goes wrong", "the way out", "rule"];
  return [table(head, shown), ...more(left, "`whm-dns validate` lists them all.")];
}

function cellsOf(finding: Finding): string[] {
  const { rule, severity, fix } = finding;
  const { place, problem } = wordsOf(finding);
  const said = [place, `${problem}${overrideText(finding)}`, fix].map(inWords);
  return [`**${severity}**`, ...said, `\`${rule}\``];
}

function changesBlock({ counts, lines }: PageChanges): string[] {
  if (lines.length === 0) return [`${counts}.`];
  const { shown, left } = asManyAsFit(lines, room.changes);
  return [
    `${counts}:`,
    fencedBlock("diff", shown),
    ...more(left, "`whm-dns graph --before` lists them all."),
  ];
}

/** Returns as much of a list as fits, and how many items are left. */
export function asManyAsFit<Item extends string | readonly string[]>(
  items: readonly Item[],
  characters: number,
): { readonly shown: readonly Item[]; readonly left: number } {
  let used = 0;
  const end = items.findIndex((item) => (used += [item].flat().join("").length) > characters);
  const shown = end < 0 ? items : items.slice(0, end);
  return { shown, left: items.length - shown.length };
}

function more(left: number, whereToLook: string): string[] {
  return left > 0 ? [`And ${left} more: ${whereToLook}`] : [];
}

/** Renders a table. Its cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Renders a block that shows its lines literally. */
export function fencedBlock(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, "```"].join("\n");
}

/** Escapes text so that it makes no HTML, link, mention, reference, formula, emphasis or table cell. */
export function inWords(text: string): string {
  return withoutReferences(printable(text)).replace(/[\\`*_{}[\]<&|~#$]/g, entity);
}

// Entities stand for characters and never for structure. But mentions and references are detected afterwards, in the
// words that a reader sees; a zero-width character breaks them up.
const noWidth = "\u200b";

function withoutReferences(text: string): string {
  return text
    .replace(/[@#!$%~&^*[](?=[\w"'])/g, `$&${noWidth}`)
    .replace(/:(?=\/\/)|\bwww(?=\.)|\b[A-Z]{2,}(?=-\d)|\b(mailto|xmpp)(?=:)/gi, `$&${noWidth}`);
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
