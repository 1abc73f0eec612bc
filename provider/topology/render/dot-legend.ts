import type { Severity } from "../judge/rule";
import { boxColours, changeColours, ink, severityColours } from "./colours";
import { signOf, type Arrow, type Box, type Change, type Picture } from "./picture";

/** Returns a table that explains the shapes, lines and colours used in a picture, and no others. */
export function legendTable(picture: Picture): string {
  const title = row('<td align="left"><b>legend</b></td>', "");
  const rows = [title, ...boxRows(picture), ...arrowRows(picture), ...markRows(picture)];
  const lines = rows.map((line) => `\n      ${line}`);
  return `<table border="1" color="#b0bec5" cellborder="0" cellspacing="5" cellpadding="2">${lines.join("")}</table>`;
}

function boxRows({ boxes }: Picture): string[] {
  const used = (kind: Box["kind"]): boolean => boxes.some((box) => box.kind === kind);
  return [
    ...(used("web server") ? [row(boxSample("web server", "solid"), "hosts accounts")] : []),
    ...(used("nameserver")
      ? [row(boxSample("nameserver", "rounded"), "answers DNS, hosts no accounts")]
      : []),
    ...(boxes.some(({ intermediary }) => intermediary)
      ? [row(intermediarySample(), "passes zones on to nameservers")]
      : []),
    ...(boxes.some(({ unlinked }) => unlinked)
      ? [row(unlinkedSample(), "ends no link, outside the cluster")]
      : []),
    ...(used("not declared") ? [row(boxSample("not declared", "dashed"), "only spoken of")] : []),
  ];
}

function arrowRows({ arrows }: Picture): string[] {
  const used = new Set(arrows.map(({ kind }) => kind));
  return Object.entries(arrowSamples)
    .filter(([kind]) => used.has(kind as Arrow["kind"]))
    .map(([kind, { line, head, meaning }]) => row(arrowSample(line, head), `${kind}: ${meaning}`));
}

const arrowSamples: Readonly<Record<Arrow["kind"], { line: string; head: string; meaning: string }>> = {
  sync: { line: "solid", head: "▶", meaning: "zones go this way, existing ones are checked" },
  "write-only": { line: "dashed", head: "▷", meaning: "zones go this way unchecked" },
  standalone: { line: "dotted", head: "➤", meaning: "an entry, no zones" },
  trusts: { line: "dotted", head: "◆", meaning: "an entry for reverse trust, no zones" },
};

function markRows({ boxes, arrows, overall }: Picture): string[] {
  const drawn = [...boxes, ...arrows];
  const marks = [...overall, ...drawn.flatMap(({ findings }) => findings)];
  const severities = new Set(marks.map(({ severity }) => severity));
  const changes = new Set(drawn.map(({ change }) => change));
  return [
    ...(["error", "warning"] as const)
      .filter((severity) => severities.has(severity))
      .map((severity) =>
        row(wordSample(`${severity} rule`, severityColours[severity]), severityMeanings[severity]),
      ),
    ...(["added", "removed", "changed"] as const)
      .filter((change) => changes.has(change))
      .map((change) => row(wordSample(signOf(change).trim(), changeColours[change]), changeMeanings[change])),
  ];
}

const severityMeanings: Readonly<Record<Severity, string>> = {
  error: "rejects the plan",
  warning: "is shown and passes",
};

const changeMeanings: Readonly<Record<Change, string>> = {
  added: "added",
  removed: "removed",
  changed: "changed",
};

function row(sample: string, meaning: string): string {
  return `<tr>${sample}<td align="left">${meaning}</td></tr>`;
}

function boxSample(kind: Box["kind"], style: string): string {
  const { fill, line } = boxColours[kind];
  return `<td border="1" style="${style}" bgcolor="${fill}" color="${line}">${kind}</td>`;
}

function unlinkedSample(): string {
  return `<td border="1" style="dotted" bgcolor="#ffffff" color="${ink}">not linked</td>`;
}

function intermediarySample(): string {
  const { fill, line } = boxColours.nameserver;
  const look = `border="1" style="rounded" color="${line}"`;
  return `<td ${look}><table ${look} bgcolor="${fill}" cellborder="0" cellspacing="2" cellpadding="0"><tr><td>intermediary</td></tr></table></td>`;
}

/** Draws a line as half a cell with a border below. The other half keeps it in the middle. */
function arrowSample(line: string, head: string): string {
  const upper = `<td width="40" height="6" border="1" sides="b" style="${line}" color="${ink}"></td>`;
  const lower = '<tr><td width="40" height="6"></td></tr>';
  const table = '<table border="0" cellborder="0" cellspacing="0" cellpadding="0">';
  return `<td>${table}<tr>${upper}<td rowspan="2"><font color="${ink}">${head}</font></td></tr>${lower}</table></td>`;
}

function wordSample(word: string, colour: string): string {
  return `<td><font color="${colour}">${word}</font></td>`;
}
