import { ink, severityColours } from "./colours";
import { printable } from "./drawing";
import { marksOf } from "./marks";
import { headingOf, namesTexts, signOf, type Arrow, type Box } from "./picture";
import type { Finding } from "../judge/finding";

/** Characters in a line of a box. Longer names are broken. */
const widestLine = 44;

const piece = new RegExp(`.{1,${widestLine}}`, "gsu");

/** Returns the text in a box: its name, its kind and its findings. */
export function boxLabel(box: Box): string {
  return htmlLabel([
    ...broken(signOf(box.change) + headingOf(box)).map((line) => `<b>${escaped(line)}</b>`),
    ...[...namesTexts(box), ...box.details].flatMap(broken).map((line) => small(line)),
    ...markLines(box.findings),
  ]);
}

/** Returns the text beside an arrow, or nothing. In a crowded picture the line itself shows the role. */
export function arrowLabel({ kind, label, findings, change }: Arrow, crowded: boolean): string {
  const said = crowded && !change ? [] : [escaped(signOf(change) + label)];
  const lines = [...said, ...markLines(findings)];
  return lines.length > 0 ? arrowTable(lines, kind) : "";
}

/** Lines stay readable when the arrow runs behind them. Words that find their own place cover nothing. */
function arrowTable(lines: readonly string[], kind: Arrow["kind"]): string {
  const cell = kind === "sync" || kind === "write-only" ? '<td bgcolor="white">' : "<td>";
  const rows = lines.map((line) => `<tr>${cell}${line}</td></tr>`);
  return `<<table border="0" cellborder="0" cellspacing="0" cellpadding="1">${rows.join("")}</table>>`;
}

/** Formats lines as a label in Graphviz's HTML. */
function htmlLabel(lines: readonly string[]): string {
  return `<${lines.join("<br/>")}>`;
}

/** Formats a line in small letters. */
function small(text: string, colour: string = ink): string {
  return `<font point-size="10" color="${colour}">${escaped(text)}</font>`;
}

/** Escapes text for Graphviz's HTML. A backslash would begin one of its own escapes. */
export function escaped(text: string): string {
  return printable(text)
    .replace(/[&<>"]/g, (character) => entities[character] ?? character)
    .replaceAll("\\", "\\\\");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Lists findings, one line each. */
export function markLines(findings: readonly Finding[]): string[] {
  return marksOf(findings).map(({ severity, text }) => small(text, severityColours[severity]));
}

/** Breaks a text into lines that fit a box. */
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

/** Breaks a word that is longer than a line. Between two spaces it is empty. */
function brokenWord(word: string): string[] {
  return word.match(piece) ?? [word];
}
