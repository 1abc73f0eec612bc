import { z } from "zod";
import { MalformedError, parse } from "../../schema/parse";
import type { RuleOverrides } from "../../schema/rule-overrides";
import { overrideProblems } from "../../topology";

/**
 * Refuses arguments that plain JavaScript lets through: none, a text, or a promise.
 *
 * @throws MalformedError
 */
export function refuseNoObject(args: unknown, subject: string): void {
  parse(z.looseObject({}), args, subject);
}

/**
 * Refuses overrides that the table of rules doesn't allow.
 *
 * @throws MalformedError with all of them
 */
export function refuseOverrides(rules: RuleOverrides | undefined, subject: string): void {
  const problems = overrideProblems(rules);
  if (problems.length > 0) throw new MalformedError(subject, problems);
}
