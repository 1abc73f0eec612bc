import { worstOf } from "./marks";
import type { Arrow, Box, Change, Picture } from "./picture";
import type { Severity } from "../judge/rule";

// Colours of the pictures. None is the only sign of anything: shapes, lines and words say the same.

/** Behind everything. */
export const paper = "#ffffff";

/** Names and words. */
export const text = "#1f2328";

/** Details, and ordinary lines. */
export const ink = "#37474f";

/** Fill and border of each kind of box. */
export const boxColours: Readonly<Record<Box["kind"], { readonly fill: string; readonly line: string }>> = {
  "web server": { fill: "#dbeafe", line: "#1d4ed8" },
  nameserver: { fill: "#dcfce7", line: "#15803d" },
  "not declared": { fill: paper, line: "#6b7280" },
};

export const severityColours: Readonly<Record<Severity, string>> = { error: "#c0392b", warning: "#9a6700" };

export const changeColours: Readonly<Record<Change, string>> = {
  added: "#047857",
  removed: "#d1242f",
  changed: "#7c3aed",
};

/** Colours of arrows, by the box that they start at. */
const originColours = ["#1e40af", "#be185d", "#0e7490", "#4d7c0f", "#6b21a8", "#a0522d"];

/** With at most this many arrows, each can be followed in one colour. */
const fewArrows = 6;

/**
 * Returns the colours of the boxes where arrows start, in a picture with many ordinary arrows. In a comparison, what has
 * not changed recedes instead.
 */
export function coloursByOrigin({ boxes, arrows, changes }: Picture): ReadonlyMap<string, string> {
  const ordinary = arrows.filter((arrow) => specialColour(arrow) === undefined);
  const starts = new Set(ordinary.map(({ from }) => from));
  if (changes !== undefined || ordinary.length <= fewArrows || starts.size < 2) return new Map();
  const origins = boxes.map(({ names }) => names[0]).filter((name) => starts.has(name));
  return new Map(origins.map((name, index) => [name, originColours[index % originColours.length] ?? ink]));
}

/** Returns the colour of a box or arrow: for an error first, then for a change, then for a warning. */
export function specialColour({
  findings,
  change,
}: Pick<Box | Arrow, "findings" | "change">): string | undefined {
  const severity = worstOf(findings);
  if (severity === "error") return severityColours.error;
  if (change) return changeColours[change];
  return severity && severityColours[severity];
}
