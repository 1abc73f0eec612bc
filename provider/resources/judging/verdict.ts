import * as pulumi from "../sdk";
import {
  errorsAmong,
  findingsBeyond,
  mergedTopology,
  reportFindings,
  TopologyError,
  validateDeclared,
  type Finding,
} from "../../topology";
import { isRunByEngine } from "../program/engine-at-work";
import { program, findingsOn, linkTopologies } from "../program/program";
import type { Program } from "../program/declarations";
import { programError } from "../program/program-error";
import { rejectionOfParts } from "./simulate-transforms";
import { whenDeclared } from "./when-declared";

/**
 * The one verdict on everything that a program declares: the whole text of the rejection, or undefined.
 *
 * It never rejects, since a rejected promise would leave an inline program hanging. Every resource that is declared by
 * itself, and the gate of every cluster, carries it as an input and fails its own check with it, so that nothing is
 * created, whatever way the program is run.
 *
 * @throws pulumi.RunError under mocks, for a link that is declared after the verdict and is not accepted together with the others
 */
export function sharedVerdict(): Promise<string | undefined> {
  const everything = program();
  const late = everything.judged ? judge(everything, false) : undefined;
  if (late !== undefined) return rejected(everything, late);
  everything.verdict ??= whenDeclared(everything).then(() => judgeOnce(everything));
  return everything.verdict;
}

const failed = "The program has failed, so none of its links are made.";

async function judgeOnce(everything: Program): Promise<string | undefined> {
  everything.judged = true;
  // What failed may be what would have declared the rest: a bad link behind it would never be seen.
  return pulumi.log.hasErrors() ? failed : (judge(everything, true) ?? (await rejectionOfParts(everything)));
}

/**
 * With an engine the check of what is declared rejects it: a program that throws could not be destroyed with
 * `--run-program`. The engine may have stopped for another reason before it comes to that check.
 */
function rejected(everything: Program, rejection: string): Promise<string> {
  if (!isRunByEngine()) throw programError(rejection);
  if (everything.lateRejection !== rejection) void pulumi.log.warn(rejection);
  everything.lateRejection = rejection;
  return Promise.resolve(rejection);
}

function judge(everything: Program, showWarnings: boolean): string | undefined {
  if (everything.error !== undefined) return everything.error;
  try {
    const findings = findingsOn(everything);
    const errors = errorsAmong(findings);
    if (showWarnings && findings.length > errors.length) warnOfLinks(findings, everything);
    if (errors.length === 0) return undefined;
    const topology = mergedTopology(everything.clusters, linkTopologies(everything));
    return reportFindings(errors, "The links are rejected", topology);
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
}

/** Clusters have shown their own warnings when they were declared. */
function warnOfLinks(findings: Finding[], { clusters }: Program): void {
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const fresh = findingsBeyond(validateDeclared(clusters), warnings);
  if (fresh.length > 0) void pulumi.log.warn(reportFindings(fresh, "Warnings for the links"));
}
