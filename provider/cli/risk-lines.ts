import { exampleOf, type Risk } from "../topology";
import type { Colours } from "./streams";

/** Explains a risk of a change in some lines. */
export function riskLines({ id, severity, summary, consequence }: Risk, colours: Colours): string[] {
  return [
    `${colours.bold(id)} (${severity}, a risk of a change)`,
    summary,
    "",
    `${"consequence".padEnd(13)}${consequence}`,
    `${"judged".padEnd(13)}when a change is applied: what the servers hold is compared with what is declared`,
    "",
    "To allow it, in a topology file, a DnsCluster or a Provider:",
    "",
    `  ${exampleOf(id)}`,
  ];
}
