import { ink, severityColours } from "./colours";
import { printable } from "./drawing";
import { marksOf } from "./marks";
import { headingOf, signOf, type Arrow, type Box } from "./picture";
import type { Finding } from "../finding";

/** Characters in a line of a box; longer names are broken. */
const widestLine = 44;

/** More names than this make a box that nobody reads. */
const mostNames = 100;

/** What stands in a box: its name, what it is, what the rules say of it. */
export function boxLabel(box: Box): string {
  const names = box.names.length > 1 ? namesLines(box.names) : [];
  return htmlLabel([
    ...broken(signOf(box.change) + headingOf(box)).map((line) => `<b>${escaped(line)}</b>`),
    ...[...names, ...box.details.flatMap(broken)].map((line) => small(line)),
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

function namesLines(names: readonly string[]): string[] {
  const shown = names.slice(0, mostNames);
  const more = names.length > mostNames ? [`and ${names.length - mostNames} more`] : [];
  const words = [...shown.map((name, index) => (index < shown.length - 1 ? `${name},` : name)), ...more];
  return inLines(words.flatMap(broken));
}

function inLines(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < widestLine)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A text of one word may be longer than a line. */
function broken(text: string): string[] {
  if (text.length <= widestLine) return [text];
  if (text.includes(" ")) return inLines(text.split(" ").flatMap(broken));
  const letters = [...text];
  return Array.from({ length: Math.ceil(letters.length / widestLine) }, (_, index) =>
    letters.slice(index * widestLine, (index + 1) * widestLine).join(""),
  );
}
