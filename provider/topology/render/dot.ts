import { arrowLabel, boxLabel, escaped, markLines } from "./dot-label";
import { legendTable } from "./dot-legend";
import { arrowStyle, boxStyle } from "./dot-style";
import { printable } from "./drawing";
import type { Arrow, Box, Picture } from "./picture";

/** The only family whose widths Graphviz knows without the font, with an equivalent on every system. */
export const fontFamily = "Arial";

/** With more arrows than this, labels on each of them would cover the picture. */
const mostLabels = 20;

/** Renders a Graphviz graph with a legend. */
export function renderDot(picture: Picture): string {
  const { boxes, arrows } = picture;
  const crowded = arrows.length > mostLabels;
  return [
    "digraph cluster {",
    `  rankdir=LR; bgcolor=white; nodesep=0.3; ranksep=${crowded ? columnGap(boxes.length) : 1};`,
    `  fontname="${fontFamily}"; fontsize=10; labelloc=b; labeljust=l; label=${graphLabel(picture)};`,
    `  node [fontname="${fontFamily}", shape=box, margin="0.2,0.1"];`,
    `  edge [fontname="${fontFamily}", fontsize=10];`,
    ...boxes.map((box) => `  ${boxText(box)}`),
    ...arrows.map((arrow) => `  ${arrowText(arrow, crowded)}`),
    "}",
  ].join("\n");
}

/** Returns the inches between columns. The longer the columns, the steeper the lines between them would be. */
function columnGap(boxes: number): number {
  return Math.max(1, Math.min(8, boxes / 8));
}

function boxText(box: Box): string {
  return `${quoted(box.names[0])} [label=${boxLabel(box)}, ${boxStyle(box)}];`;
}

function arrowText(arrow: Arrow, crowded: boolean): string {
  const label = arrowLabel(arrow, crowded);
  const attributes = [...(label ? [`${labelPlace[arrow.kind]}=${label}`] : []), arrowStyle(arrow)];
  return `${quoted(arrow.from)} -> ${quoted(arrow.to)} [${attributes.join(", ")}];`;
}

/** Links that move no zones don't arrange the boxes: their words go where there is room. */
const labelPlace: Readonly<Record<Arrow["kind"], "label" | "xlabel">> = {
  sync: "label",
  "write-only": "label",
  standalone: "xlabel",
  trusts: "xlabel",
};

function graphLabel(picture: Picture): string {
  const { title, overall } = picture;
  const lines = [...(title === undefined ? [] : [escaped(title)]), ...markLines(overall)];
  const rows = [
    ...lines.map((line) => `\n    <tr><td align="left"><b>${line}</b></td></tr>`),
    `\n    <tr><td>${legendTable(picture)}</td></tr>`,
  ];
  return `<<table border="0" cellborder="0">${rows.join("")}</table>>`;
}

/** Quotes a name for Graphviz, which would interpret anything that looks like an HTML entity. */
function quoted(name: string): string {
  return `"${printable(name)
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replace(/[\\"]/g, "\\$&")}"`;
}
