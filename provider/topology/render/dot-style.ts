import { boxColours, ink, specialColour } from "./colours";
import type { Arrow, Box } from "./picture";

/** Styles a box: corners show the kind, a double border an intermediary, a dotted one a server without links. */
export function boxStyle(
  box: Pick<Box, "kind" | "intermediary" | "unlinked" | "findings" | "change">,
): string {
  const { fill, line } = boxColours[box.kind];
  const special = specialColour(box);
  const styles = ["filled", ...(box.kind === "nameserver" ? ["rounded"] : []), ...borderStyle(box)];
  return [
    `style="${styles.join()}"`,
    `fillcolor="${fill}"`,
    `color="${special ?? line}"`,
    ...(special ? ["penwidth=2.5"] : []),
    ...(box.intermediary ? ["peripheries=2"] : []),
  ].join(", ");
}

/** Returns dashes for what doesn't exist, dots for what exists without links. */
function borderStyle({ kind, unlinked, change }: Pick<Box, "kind" | "unlinked" | "change">): string[] {
  if (kind === "not declared" || change === "removed") return ["dashed"];
  return unlinked ? ["dotted"] : [];
}

/** Styles an arrow: line and head show the role. Entries that move no zones don't arrange the boxes. */
export function arrowStyle(arrow: Pick<Arrow, "kind" | "findings" | "change">): string {
  const special = specialColour(arrow);
  return [lines[arrow.kind], `color="${special ?? ink}"`, ...(special ? ["penwidth=2.5"] : [])].join(", ");
}

const lines: Readonly<Record<Arrow["kind"], string>> = {
  sync: "style=solid, arrowhead=normal",
  "write-only": "style=dashed, arrowhead=empty",
  standalone: "style=dotted, arrowhead=vee, constraint=false",
  trusts: "style=dotted, arrowhead=diamond, constraint=false",
};
