import { coloursByOrigin, ink, paper, text } from "./colours";
import { arrowLabel, boxLabel, roomFor, titleLabel } from "./dot-label";
import { legendLabel } from "./dot-legend";
import { arrowStyle, boxStyle } from "./dot-style";
import { printable } from "./drawing";
import type { Arrow, Box, Picture } from "./picture";

/** The widest family among those that systems have and whose widths Graphviz knows: text in any other one fits as well. */
export const fontFamily = "Verdana";

/** With more arrows than this, labels on each of them would cover the picture. */
const mostLabels = 8;

/** With more arrows than this, curves run into each other; straight lines that bend once or twice stay apart. */
const mostCurves = 60;

/** Renders a Graphviz graph with a legend. */
export function renderDot(picture: Picture): string {
  const { boxes, arrows } = picture;
  const crowded = arrows.length > mostLabels;
  const colours = coloursByOrigin(picture);
  return [
    "digraph cluster {",
    `  rankdir=LR; mclimit=${untangling(picture)}; bgcolor="${paper}";`,
    ...(arrows.length > mostCurves ? ["  splines=polyline;"] : []),
    `  nodesep=0.25; ranksep=${crowded ? columnGap(picture) : 1};`,
    `  fontname="${fontFamily}"; fontsize=9; fontcolor="${ink}"; labelloc=b; labeljust=l;`,
    `  label=${legendLabel(picture)};`,
    `  node [fontname="${fontFamily}", fontcolor="${text}", shape=box, margin="0.2,0.1"];`,
    `  edge [fontname="${fontFamily}", fontcolor="${text}", fontsize=10];`,
    "  subgraph cluster_drawing {",
    `    peripheries=0; labelloc=t; labeljust=l; fontsize=13; fontcolor="${text}"; label=${titleLabel(picture)};`,
    ...[...boxes].reverse().map((box) => `    ${boxText(box, colours)}`),
    ...firstColumn(picture),
    "  }",
    ...arrows.map((arrow) => `  ${arrowText(arrow, crowded, colours)}`),
    "}",
  ].join("\n");
}

/** With at most this many boxes, readers look for a name where it is in reading order. */
const boxesInOrder = 10;

/** Returns how long Graphviz untangles arrows, which shuffles boxes also where it gains nothing: 1 is its usual time. */
function untangling({ boxes, changes }: Picture): number {
  return boxes.length <= boxesInOrder && changes === undefined ? 0.1 : 1;
}

/**
 * Returns the inches between columns. The longer the columns, the steeper the lines between them would be; and many lines
 * between a few boxes need room to part.
 */
function columnGap({ boxes, arrows }: Picture): number {
  return Math.max(1, Math.min(2, arrows.length / 8), Math.min(8, boxes.length / 8));
}

/**
 * Keeps the boxes that only send zones in one column. Graphviz would move each of them towards the boxes that it sends to,
 * so that servers of one kind stood in several columns and arrows ran behind them.
 */
function firstColumn({ boxes, arrows }: Picture): string[] {
  const feeding = arrows.filter(({ kind }) => kind === "sync" || kind === "write-only");
  const sending = new Set(feeding.map(({ from }) => from));
  const receiving = new Set(feeding.map(({ to }) => to));
  const first = boxes
    .map(({ names }) => names[0])
    .filter((name) => sending.has(name) && !receiving.has(name));
  const hasMiddle = first.length < sending.size;
  return hasMiddle && first.length > 1 ? [`    { rank=same; ${first.map(quoted).join("; ")} }`] : [];
}

function boxText(box: Box, colours: Colours): string {
  const [name] = box.names;
  return `${quoted(name)} [label=${boxLabel(box)}, ${boxStyle(box, colours.get(name))}${roomFor(box)}];`;
}

function arrowText(arrow: Arrow, crowded: boolean, colours: Colours): string {
  const label = arrowLabel(arrow, crowded);
  const attributes = [...(label ? [`label=${label}`] : []), arrowStyle(arrow, colours.get(arrow.from))];
  return `${quoted(arrow.from)} -> ${quoted(arrow.to)} [${attributes.join(", ")}];`;
}

type Colours = ReadonlyMap<string, string>;

/** Quotes a name for Graphviz, which would interpret anything that looks like an HTML entity. */
function quoted(name: string): string {
  return `"${printable(name)
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replace(/[\\"]/g, "\\$&")}"`;
}
