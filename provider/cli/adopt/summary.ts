import { printable, printJson, printLines, type Streams } from "../streams";
import type { Adoption } from "./adoption";
import { leftLines } from "./left-lines";

/** Says what was adopted and what was not. */
export function printSummary(adoption: Adoption, { output, errors }: Streams): void {
  const unreadable = [...adoption.survey.unreadable.values()].map(({ message }) => message);
  if (adoption.options.json) return printJson(output, summaryData(adoption));
  printLines(output, ...lines(adoption).map(printable));
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
    stack: survey.unreadable.size === 0 ? (target?.given ?? null) : null,
  };
}

function lines({ clusters, found, survey, options, target }: Adoption): string[] {
  const { length } = clusters.flatMap((cluster) => cluster.found.entries);
  if (clusters.length === 0)
    return [
      "No link was found that can be adopted.",
      ...leftLines(found.leftAlone).map((line) => `  ${line}`),
    ];
  return [
    `Found ${clusters.length === 1 ? "a cluster" : `${clusters.length} clusters`} with ${length} ${length === 1 ? "entry" : "entries"} on ${survey.servers.size} servers.`,
    ...(found.findings.length > 0
      ? [`${found.findings.length} findings to mend are listed in ADOPTED.md.`]
      : []),
    ...(found.leftAlone.length > 0
      ? ["Left alone:", ...leftLines(found.leftAlone).map((line) => `  ${line}`)]
      : []),
    `The program is in ${options.out}. ADOPTED.md says what was found and what comes next.`,
    ...(target && survey.unreadable.size === 0
      ? [`The stack ${target.given} has the cluster: pulumi preview --expect-no-changes shows nothing to do.`]
      : []),
  ];
}
