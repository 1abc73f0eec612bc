import type { Severity } from "../judge/rule";
import { boxColours, changeColours, coloursByOrigin, ink, paper, severityColours } from "./colours";
import { signOf, type Arrow, type Box, type Change, type Picture } from "./picture";

/** Returns a label that explains the shapes, lines and colours used in a picture, and no others, in two columns. */
export function legendLabel(picture: Picture): string {
  const samples = [
    ...boxSamples(picture),
    ...arrowSamples(picture),
    ...markSamples(picture),
    ...crowdSamples(picture),
  ];
  const left = samples.slice(0, Math.ceil(samples.length / 2));
  const rows = left.map((first, row) => `\n    <tr>${first}${samples[left.length + row] ?? ""}</tr>`);
  const table = '<table border="0" cellborder="0" cellspacing="4" cellpadding="1">';
  return rows.length > 0 ? `<${table}${rows.join("")}</table>>` : '""';
}

function boxSamples({ boxes }: Picture): string[] {
  const used = (kind: Box["kind"]): boolean => boxes.some((box) => box.kind === kind);
  return [
    ...(used("web server") ? [boxSample("web server", "hosts accounts")] : []),
    ...(used("nameserver") ? [boxSample("nameserver", "answers DNS")] : []),
    ...(boxes.some(({ intermediary }) => intermediary) ? [intermediarySample()] : []),
    ...(boxes.some(({ unlinked }) => unlinked) ? [unlinkedSample()] : []),
    ...(used("not declared") ? [boxSample("not declared", "only spoken of")] : []),
  ];
}

const boxBorders: Readonly<Record<Box["kind"], string>> = {
  "web server": "solid",
  nameserver: "rounded",
  "not declared": "dashed",
};

function boxSample(kind: Box["kind"], meaning: string): string {
  const { fill, line } = boxColours[kind];
  const cell = `<td border="1" style="${boxBorders[kind]}" bgcolor="${fill}" color="${line}">${kind}</td>`;
  return sample(cell, meaning);
}

function unlinkedSample(): string {
  const cell = `<td border="1" style="dotted" bgcolor="${paper}" color="${ink}">not linked</td>`;
  return sample(cell, "outside the cluster");
}

function intermediarySample(): string {
  const { fill, line } = boxColours.nameserver;
  const look = `border="1" style="rounded" color="${line}"`;
  const inner = `<table ${look} bgcolor="${fill}" cellborder="0" cellspacing="1" cellpadding="0"><tr><td>intermediary</td></tr></table>`;
  return sample(`<td ${look}>${inner}</td>`, "passes zones on");
}

function arrowSamples({ arrows }: Picture): string[] {
  const used = new Set(arrows.map(({ kind }) => kind));
  return Object.entries(arrowLooks)
    .filter(([kind]) => used.has(kind as Arrow["kind"]))
    .map(([kind, { line, head, meaning }]) => sample(arrowCell(line, head), `${kind}: ${meaning}`));
}

const arrowLooks: Readonly<Record<Arrow["kind"], { line: string; head: string; meaning: string }>> = {
  sync: { line: "solid", head: "▶", meaning: "sends zones, checks existing ones" },
  "write-only": { line: "dashed", head: "▷", meaning: "sends zones unchecked" },
  standalone: { line: "dotted", head: "➤", meaning: "an entry, no zones" },
  trusts: { line: "dotted", head: "◆", meaning: "an entry for reverse trust, no zones" },
};

/** Draws a line as half a cell with a border below. The other half keeps it in the middle. */
function arrowCell(line: string, head: string): string {
  const upper = `<td width="24" height="5" border="1" sides="b" style="${line}" color="${ink}"></td>`;
  const lower = '<tr><td width="24" height="5"></td></tr>';
  const table =
    '<table border="0" cellborder="0" cellspacing="0" cellpadding="0" fixedsize="true" width="38" height="10">';
  return `<td>${table}<tr>${upper}<td rowspan="2">${head}</td></tr>${lower}</table></td>`;
}

function markSamples({ boxes, arrows, overall }: Picture): string[] {
  const drawn = [...boxes, ...arrows];
  const marks = [...overall, ...drawn.flatMap(({ findings }) => findings)];
  const severities = new Set(marks.map(({ severity }) => severity));
  const changes = new Set(drawn.map(({ change }) => change));
  return [
    ...(["error", "warning"] as const)
      .filter((severity) => severities.has(severity))
      .map((severity) => wordSample(severity, severityColours[severity], severityMeanings[severity])),
    ...(["added", "removed", "changed"] as const)
      .filter((change) => changes.has(change))
      .map((change) => wordSample(signOf(change).trim(), changeColours[change], changeMeanings[change])),
  ];
}

const severityMeanings: Readonly<Record<Severity, string>> = {
  error: "rejects the plan",
  warning: "is shown and passes",
};

const changeMeanings: Readonly<Record<Change, string>> = {
  added: "added",
  removed: "removed, dashed",
  changed: "changed",
};

/** Explains boxes of several servers, and colours by origin. */
function crowdSamples(picture: Picture): string[] {
  const isFolded = picture.boxes.some(({ names }) => names.length > 1);
  const isColoured = coloursByOrigin(picture).size > 0;
  return [
    ...(isFolded ? [wordSample("n servers", ink, "have equal links; an arrow stands for all of them")] : []),
    ...(isColoured ? [wordSample("colour", ink, "of an arrow: where it starts")] : []),
  ];
}

function wordSample(word: string, colour: string, meaning: string): string {
  return sample(`<td><font color="${colour}">${word}</font></td>`, meaning);
}

/** Formats a sign and what it means as two cells. */
function sample(cell: string, meaning: string): string {
  return `${cell}<td align="left">${meaning}</td>`;
}
