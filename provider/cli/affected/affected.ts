import { existsSync } from "node:fs";
import { exitCodes, type ExitCode } from "../exit-codes";
import { printable, printLines, type Streams } from "../streams";
import { changeIn, topologiesAmong, type Change, type Reason } from "./changes";
import { compareWith, type Comparison } from "./git";
import { filesOf, projectsAmong, type Project } from "./projects";

/** Options of `whm-dns affected`. */
export interface AffectedOptions {
  /** Revision to compare the work tree with. */
  readonly base: string;
  /** Print data only. */
  readonly json?: boolean | undefined;
}

/** A stack that a change affects. Paths are relative to the current folder. */
export interface AffectedStack {
  readonly stack: string;
  readonly folder: string;
  /** Topology files of the folder that are there now, changed or not. */
  readonly topologies: readonly string[];
  readonly reason: Reason;
}

/** Lists the stacks whose topology, program or configuration has changed since a revision. */
export async function affected({ base, json }: AffectedOptions, { output }: Streams): Promise<ExitCode> {
  const found = await affectedSince(await compareWith(base));
  // On one line, because GitHub's outputs have one line each.
  if (json) printLines(output, JSON.stringify(found));
  else printLines(output, ...(found.length === 0 ? ["No stack is affected."] : found.map(lineFor)));
  return exitCodes.accepted;
}

async function affectedSince(comparison: Comparison): Promise<AffectedStack[]> {
  const here = comparison.tracked.filter((file) => existsSync(file));
  const projects = projectsAmong(here);
  const found: AffectedStack[] = [];
  for (const project of projects) {
    const changes = await changesOf(project, projects, comparison);
    const stacks = project.stacks.flatMap((stack) => reasonFor(stack, changes) ?? []);
    if (stacks.length === 0) continue;
    const topologies = await topologiesAmong(filesOf(project, projects, here), comparison);
    const { folder } = project;
    found.push(...stacks.map(({ stack, reason }) => ({ stack, folder, topologies, reason })));
  }
  return found;
}

async function changesOf(
  project: Project,
  projects: readonly Project[],
  comparison: Comparison,
): Promise<Change[]> {
  const files = filesOf(project, projects, comparison.changed);
  const changes = await Promise.all(files.map((path) => changeIn(path, project.folder, comparison)));
  return changes.filter((change) => change !== undefined);
}

const reasons: readonly Reason[] = ["topology", "program", "configuration"];

function reasonFor(stack: string, changes: readonly Change[]): { stack: string; reason: Reason } | undefined {
  const mine = changes.filter((change) => change.stack === undefined || change.stack === stack);
  const reason = reasons.find((each) => mine.some((change) => change.reason === each));
  return reason && { stack, reason };
}

function lineFor({ stack, folder, topologies, reason }: AffectedStack): string {
  const files = topologies.length === 0 ? "" : `: ${topologies.join(", ")}`;
  return printable(`${stack} in ${folder} (${reason})${files}`);
}
