import { ink, severityColours } from "./colours";
import { printable } from "./drawing";
import { marksOf } from "./marks";
import { headingOf, namesTexts, signOf, type Arrow, type Box } from "./picture";
import type { Finding } from "../judge/finding";

/** Characters in a line of a box; longer names are broken. */
const widestLine = 44;

const piece = new RegExp(`.{1,${widestLine}}`, "gsu");

/** What stands in a box: its name, what it is, what the rules say of it. */
export function boxLabel(box: Box): string {
  return htmlLabel([
    ...broken(signOf(box.change) + headingOf(box)).map((line) => `<b>${escaped(line)}</b>`),
    ...[...namesTexts(box), ...box.details].flatMap(broken).map((line) => small(line)),
    ...markLines(box.findings),
  ]);
}

/** What stands beside an arrow, or nothing. In a crowded picture the line itself tells the role. */
export function arrowLabel({ kind, label, findings, change }: Arrow, crowded: boolean): string {
  const said = crowded && !change ? [] : [escaped(signOf(change) + label)];
  const lines = [...said, ...markLines(findings)];
  return lines.length > 0 ? arrowTable(lines, kind) : "";
}

/** Lines stay readable where the arrow runs behind them; words that find their own place cover nothing. */
function arrowTable(lines: readonly string[], kind: Arrow["kind"]): string {
  const cell = kind === "sync" || kind === "write-only" ? '<td bgcolor="white">' : "<td>";
  const rows = lines.map((line) => `<tr>${cell}${line}</td></tr>`);
  return `<<table border="0" cellborder="0" cellspacing="0" cellpadding="1">${rows.join("")}</table>>`;
}

/** Lines as a label in Graphviz's HTML. */
function htmlLabel(lines: readonly string[]): string {
  return `<${lines.join("<br/>")}>`;
}

/** A line in small letters. */
function small(text: string, colour: string = ink): string {
  return `<font point-size="10" color="${colour}">${escaped(text)}</font>`;
}

/** Text that Graphviz's HTML leaves as it is; a backslash would begin one of its own escapes. */
export function escaped(text: string): string {
  return printable(text)
    .replace(/[&<>"]/g, (character) => entities[character] ?? character)
    .replaceAll("\\", "\\\\");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What the rules say of something, a line each. */
export function markLines(findings: readonly Finding[]): string[] {
  return marksOf(findings).map(({ severity, text }) => small(text, severityColours[severity]));
}

/** A text in lines that a box has room for. */
function broken(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap(brokenWord)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < widestLine) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** A word may be longer than a line; between two spaces it is empty. */
function brokenWord(word: string): string[] {
  return word.match(piece) ?? [word];
}
