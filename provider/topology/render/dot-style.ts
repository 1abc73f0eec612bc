import { boxColours, ink, specialColour } from "./colours";
import type { Arrow, Box } from "./picture";

/** How a box looks: its corners tell the kind, a double border an intermediary, a dotted one that nothing is linked. */
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

/** Dashes for what is not there, dots for what is there and not linked. */
function borderStyle({ kind, unlinked, change }: Pick<Box, "kind" | "unlinked" | "change">): string[] {
  if (kind === "not declared" || change === "removed") return ["dashed"];
  return unlinked ? ["dotted"] : [];
}

/** How an arrow looks: its line and head tell the role. Entries that move no zones do not arrange the boxes. */
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
