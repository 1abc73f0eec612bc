import { arrowLabel, boxLabel, escaped } from "./dot-label";
import { legendTable } from "./dot-legend";
import { arrowStyle, boxStyle } from "./dot-style";
import { printable } from "./drawing";
import type { Arrow, Box, Picture } from "./picture";

/** The only family whose widths Graphviz knows without the font at hand, and which has a twin on every system. */
export const fontFamily = "Arial";

/** With more arrows than this, words beside each of them would cover the picture. */
const mostLabels = 40;

/** A Graphviz graph with a legend. */
export function renderDot(picture: Picture): string {
  const { boxes, arrows } = picture;
  const crowded = arrows.length > mostLabels;
  return [
    "digraph cluster {",
    "  rankdir=LR; bgcolor=white; nodesep=0.3; ranksep=1;",
    `  fontname="${fontFamily}"; fontsize=10; labelloc=b; labeljust=l; label=${graphLabel(picture)};`,
    `  node [fontname="${fontFamily}", shape=box, margin="0.2,0.1"];`,
    `  edge [fontname="${fontFamily}", fontsize=10];`,
    ...boxes.map((box) => `  ${boxText(box)}`),
    ...arrows.map((arrow) => `  ${arrowText(arrow, crowded)}`),
    "}",
  ].join("\n");
}

function boxText(box: Box): string {
  return `${quoted(box.names[0] ?? "")} [label=${boxLabel(box)}, ${boxStyle(box)}];`;
}

function arrowText(arrow: Arrow, crowded: boolean): string {
  const label = arrowLabel(arrow, crowded);
  const attributes = [...(label ? [`label=${label}`] : []), arrowStyle(arrow)];
  return `${quoted(arrow.from)} -> ${quoted(arrow.to)} [${attributes.join(", ")}];`;
}

function graphLabel(picture: Picture): string {
  const notes = picture.notes.map((note) => `<tr><td align="left"><b>${escaped(note)}</b></td></tr>`);
  const legend = legendTable(picture);
  const rows = [...notes, ...(legend ? [`<tr><td>${legend}</td></tr>`] : [])];
  return rows.length > 0 ? `<<table border="0" cellborder="0">${rows.join("")}</table>>` : '""';
}

/** A name as Graphviz reads it; what looks like an HTML entity would be read as one. */
function quoted(name: string): string {
  return `"${printable(name)
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replace(/[\\"]/g, "\\$&")}"`;
}
