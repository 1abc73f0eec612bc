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

// Last on the way of a link: judges everything that the program declares, once, when all of it is known.

/**
 * Returns the one verdict on everything that a program declares: the whole text of the rejection, or undefined.
 *
 * Never rejects, because a rejected promise would leave an inline program hanging. Every resource that is declared by
 * itself, and the gate of every cluster, carries the verdict as an input and fails its own check with it. So nothing is
 * created, however the program is run.
 *
 * @throws pulumi.RunError with mocks, for a link that is declared after the verdict and rejected together with the others
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
  // The failed code might have declared the rest, and a bad link in it would never be seen.
  return pulumi.log.hasErrors() ? failed : (judge(everything, true) ?? (await rejectionOfParts(everything)));
}

/**
 * With an engine, the check of each resource rejects it: a program that throws couldn't be destroyed with
 * `--run-program`. A warning shows the rejection too, since the engine may stop for another reason before that check.
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

/** Shows warnings. Clusters have shown their own when they were declared. */
function warnOfLinks(findings: Finding[], { clusters }: Program): void {
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const fresh = findingsBeyond(validateDeclared(clusters), warnings);
  if (fresh.length > 0) void pulumi.log.warn(reportFindings(fresh, "Warnings for the links"));
}
