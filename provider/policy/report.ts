import type { ReportViolation } from "@pulumi/policy";
import { MalformedError } from "../schema/parse";
import { TopologyError } from "../topology";
import { UnknownInputError } from "./plain-inputs";
import type { Run } from "./run";
import type { SeenResource } from "./types";

/** Reports a text unless this run has reported it for this resource. */
export function reportOnce(run: Run, text: string, report: ReportViolation, urn?: string): void {
  const identity = `${urn}\0${text}`;
  if (run.reported.has(identity)) return;
  run.reported.add(identity);
  report(text, urn);
}

/**
 * Runs work on a resource. Reports a violation for what can't be judged: a rule must not be silent where it can't check.
 */
export function reportUnjudged(
  { name, urn }: SeenResource,
  run: Run,
  report: ReportViolation,
  action: () => void,
): void {
  try {
    action();
  } catch (error) {
    reportOnce(run, `${name} cannot be judged. ${reasonOf(error)}`, report, urn);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof UnknownInputError)
    return `${error.message}. Give servers, links and trusts plain values.`;
  if (error instanceof TopologyError || error instanceof MalformedError) return error.message;
  throw error;
}
