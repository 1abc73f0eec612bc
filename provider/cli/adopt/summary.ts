import { printable, printJson, printLines, type Streams } from "../streams";
import type { Adoption } from "./adoption";
import { leftLines } from "./left-lines";

/** Says what was adopted and what was not. */
export function printSummary(adoption: Adoption, { output, errors }: Streams): void {
  const unreadable = [...adoption.survey.unreadable.values()].map(({ message }) => message);
  if (adoption.options.json) return printJson(output, summaryData(adoption));
  // Where nothing was read, there is only to say why.
  if (adoption.survey.servers.size > 0) printLines(output, ...lines(adoption).map(printable));
  if (unreadable.length > 0)
    printLines(
      errors,
      ...unreadable.map(printable),
      "Nothing was brought into a stack: mend this and run the command again.",
    );
}

function summaryData({ clusters, found, survey, options, target }: Adoption): object {
  return {
    clusters: clusters.map(({ name, found: { topology } }) => ({ name, topology })),
    findings: found.findings,
    leftAlone: found.leftAlone,
    unreadable: [...survey.unreadable.values()].map(({ server, message }) => ({ server, message })),
    out: options.out,
    stack: isBroughtIn({ clusters, survey }) ? (target?.given ?? null) : null,
  };
}

/** Whether there is something to bring into a stack, and nothing is missing. */
function isBroughtIn({ clusters, survey }: Pick<Adoption, "clusters" | "survey">): boolean {
  return clusters.length > 0 && survey.unreadable.size === 0;
}

/** Writes a number with its noun. */
function counted(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}

function lines({ clusters, found, survey, options, target }: Adoption): string[] {
  const entries = clusters.flatMap((cluster) => cluster.found.entries);
  const linked = new Set(entries.flatMap(({ holder, about }) => [holder, about]));
  const alone = [...survey.servers.keys()].filter((name) => !linked.has(name));
  if (clusters.length === 0)
    return [
      "No link was found that can be adopted.",
      ...leftLines(found.leftAlone).map((line) => `  ${line}`),
    ];
  return [
    `Found ${clusters.length === 1 ? "a cluster" : `${clusters.length} clusters`} with ${counted(entries.length, "entry", "entries")} on ${linked.size} servers.`,
    ...(alone.length > 0 ? [`In no cluster: ${alone.join(", ")}.`] : []),
    ...(found.findings.length > 0
      ? [
          `${counted(found.findings.length, "finding to mend is", "findings to mend are")} listed in ADOPTED.md.`,
        ]
      : []),
    ...(found.leftAlone.length > 0
      ? ["Left alone:", ...leftLines(found.leftAlone).map((line) => `  ${line}`)]
      : []),
    `The program is in ${options.out}. ADOPTED.md says what was found and what comes next.`,
    ...(target && isBroughtIn({ clusters, survey })
      ? [`The stack ${target.given} has the cluster: pulumi preview --expect-no-changes shows nothing to do.`]
      : []),
  ];
}
