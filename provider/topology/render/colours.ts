import { worstOf } from "./marks";
import type { Arrow, Box, Change } from "./picture";
import type { Severity } from "../judge/rule";

// Colours of the pictures. None is the only sign of anything: shapes, lines and words say the same.

/** Ordinary text and lines. */
export const ink = "#37474f";

/** Fill and border of each kind of box. */
export const boxColours: Readonly<Record<Box["kind"], { readonly fill: string; readonly line: string }>> = {
  "web server": { fill: "#dbeafe", line: "#1d4ed8" },
  nameserver: { fill: "#dcfce7", line: "#15803d" },
  "not declared": { fill: "#ffffff", line: "#6b7280" },
};

export const severityColours: Readonly<Record<Severity, string>> = { error: "#c0392b", warning: "#9a6700" };

export const changeColours: Readonly<Record<Change, string>> = {
  added: "#047857",
  removed: "#6b7280",
  changed: "#7c3aed",
};

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
