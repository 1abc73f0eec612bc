import { boxColours, ink, specialColour } from "./colours";
import type { Arrow, Box } from "./picture";

/** Styles a box: corners show the kind, a double border an intermediary, a dotted one a server without links. */
export function boxStyle(
  box: Pick<Box, "kind" | "intermediary" | "unlinked" | "findings" | "change">,
  origin?: string,
): string {
  const { fill, line } = boxColours[box.kind];
  const special = specialColour(box);
  const styles = ["filled", ...(box.kind === "nameserver" ? ["rounded"] : []), ...borderStyle(box)];
  return [
    `style="${styles.join()}"`,
    `fillcolor="${fill}"`,
    `color="${special ?? origin ?? line}"`,
    ...(special ? ["penwidth=2"] : []),
    ...(box.intermediary ? ["peripheries=2"] : []),
  ].join(", ");
}

/** Returns dashes for what doesn't exist, dots for what exists without links. */
function borderStyle({ kind, unlinked, change }: Pick<Box, "kind" | "unlinked" | "change">): string[] {
  if (kind === "not declared" || change === "removed") return ["dashed"];
  return unlinked ? ["dotted"] : [];
}

/**
 * Styles an arrow: line and head show the role. Entries that move no zones don't arrange the boxes.
 *
 * @param origin colour of the box that it starts at, if nothing else colours it
 */
export function arrowStyle(arrow: Pick<Arrow, "kind" | "findings" | "change">, origin = ink): string {
  const special = specialColour(arrow);
  const line = arrow.change === "removed" ? "dashed" : lines[arrow.kind];
  return [
    `style=${line}, ${heads[arrow.kind]}`,
    `color="${special ?? origin}"`,
    ...(special ? ["penwidth=2"] : []),
  ].join(", ");
}

const lines: Readonly<Record<Arrow["kind"], string>> = {
  sync: "solid",
  "write-only": "dashed",
  standalone: "dotted",
  trusts: "dotted",
};

const heads: Readonly<Record<Arrow["kind"], string>> = {
  sync: "arrowhead=normal",
  "write-only": "arrowhead=empty",
  standalone: "arrowhead=vee, constraint=false",
  trusts: "arrowhead=diamond, constraint=false",
};
