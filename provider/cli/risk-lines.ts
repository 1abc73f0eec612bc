import { exampleOf, wrapLines, type Risk } from "../topology";
import type { Streams } from "./streams";
import { titledLines } from "./titled-lines";

/** Explains a risk of a change in some lines. */
export function riskLines(
  { id, severity, summary, consequence }: Risk,
  { colours, columns }: Pick<Streams, "colours" | "columns">,
): string[] {
  const rows = [
    ["consequence", consequence],
    ["judged", "when a change is applied: what the servers hold is compared with what is declared"],
  ] as const;
  return [
    `${colours.bold(id)} (${severity}, a risk of a change)`,
    ...wrapLines([summary], columns),
    "",
    ...titledLines(rows, columns),
    "",
    "To allow it, in a topology file, a DnsCluster or a Provider:",
    "",
    `  ${exampleOf(id)}`,
  ];
}
