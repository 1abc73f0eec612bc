import { ink, paper, severityColours } from "./colours";
import { printable } from "./drawing";
import { marksOf } from "./marks";
import { headingOf, namesTexts, signOf, type Arrow, type Box, type Picture } from "./picture";
import type { Finding } from "../judge/finding";
import { outcomeWords } from "../report/verdict-words";

/** Characters in a line of a box. Longer names are broken. */
const widestLine = 44;

const piece = new RegExp(`.{1,${widestLine}}`, "gsu");

/** Returns the text in a box: its name, its kind and its findings. */
export function boxLabel(box: Box): string {
  return htmlLabel([
    ...headingLines(box).map((line) => `<b>${escaped(line)}</b>`),
    ...detailLines(box).map((line) => small(line)),
    ...markLines(box.findings),
  ]);
}

function headingLines(box: Box): string[] {
  return broken(signOf(box.change) + headingOf(box));
}

function detailLines(box: Box): string[] {
  return [...namesTexts(box), ...box.details].flatMap(broken);
}

const headingSize = 14;
const detailSize = 10;

/** Returns the width of a box, if it holds characters whose width Graphviz doesn't know: they get that of the widest. */
export function roomFor(box: Box): string {
  const widths = [
    ...headingLines(box).map((line) => [...line].length * headingSize),
    ...detailLines(box).map((line) => [...line].length * detailSize),
  ];
  const isKnown = !/[^\p{Script=Latin}\p{ASCII}]/u.test([...headingLines(box), ...detailLines(box)].join(""));
  return isKnown ? "" : `, width=${(Math.max(...widths) / 72 + 0.4).toFixed(2)}`;
}

/** Returns the text above a picture: what it shows, the verdict, the changes, and findings about the whole. */
export function titleLabel({ title, changes, findings, overall }: Picture): string {
  const lines = [
    `<b>${escaped(headline(title))}</b>`,
    small(outcomeWords(findings).join(", ")),
    ...(changes === undefined ? [] : [small(changes)]),
    ...markLines(overall),
  ];
  const rows = lines.map((line) => `<tr><td align="left">${line}</td></tr>`);
  return `<<table border="0" cellborder="0" cellspacing="0" cellpadding="1">${rows.join("")}</table>>`;
}

/** Returns the text beside an arrow, or nothing. In a crowded picture the line itself shows the role. */
export function arrowLabel({ label, findings, change }: Arrow, crowded: boolean): string {
  const said = crowded && !change ? [] : [escaped(signOf(change) + label)];
  const lines = [...said, ...markLines(findings)];
  return lines.length > 0 ? arrowTable(lines) : "";
}

/** Lines stay readable when an arrow runs behind them. */
function arrowTable(lines: readonly string[]): string {
  const rows = lines.map((line) => `<tr><td bgcolor="${paper}">${line}</td></tr>`);
  return `<<table border="0" cellborder="0" cellspacing="0" cellpadding="1">${rows.join("")}</table>>`;
}

/** Begins with a capital letter, as a title does. */
export function headline(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Formats lines as a label in Graphviz's HTML. */
function htmlLabel(lines: readonly string[]): string {
  return `<${lines.join("<br/>")}>`;
}

/** Formats a line in small letters. */
function small(text: string, colour: string = ink): string {
  return `<font point-size="${detailSize}" color="${colour}">${escaped(text)}</font>`;
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
