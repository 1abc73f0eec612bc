import type {
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
  PolicyConfigSchema,
} from "@pulumi/policy";
import { z } from "zod";
import { MalformedError, parse } from "../schema/parse";
import { type PolicySettings, policySettings } from "../schema/policy-settings";
import { findingsBeyond, listText, reportFindings, type Finding, overrideProblems } from "../topology";
import { readGate, type Gate } from "./gate";
import { errorsOf, refusedOverrides } from "./judge";
import { reportOnce, reportUnjudged } from "./report";
import type { Run } from "./run";
import { types, type SeenResource } from "./types";

/**
 * Enforces the link rules from outside the program. Each gate is judged together with those before it. Everything of a
 * cluster waits for its gate, so a violation stops it before anything is written. The check of the whole stack at the
 * end catches what came in another order.
 */
export function linkRules(run: Run): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name: "link-rules",
    displayName: "Link rules",
    description: "DNS clusters keep the link rules.",
    configSchema: settingsSchema,
    validateResource: (args, report) => {
      const settings = settingsOf(args, run, report);
      if (settings && args.type === types.gate) judgeGate(args, run, settings, report);
    },
    validateStack: (args, report) => {
      const settings = settingsOf(args, run, report);
      const gates = args.resources.filter(({ type }) => type === types.gate);
      const unseen = gates.filter(({ urn }) => !run.gates.has(urn));
      if (settings) unseen.forEach((resource) => judgeGate(resource, run, settings, report));
    },
  };
}

/** Reports a mistake in the settings once. Nothing is then judged: such settings were not meant. */
function settingsOf(
  args: { getConfig: () => object },
  run: Run,
  report: ReportViolation,
): PolicySettings | undefined {
  try {
    return readSettings(args.getConfig());
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    reportOnce(run, error.message, report);
    return undefined;
  }
}

function judgeGate(
  resource: SeenResource,
  run: Run,
  settings: PolicySettings,
  report: ReportViolation,
): void {
  reportUnjudged(resource, run, report, () => {
    const gate = readGate(resource);
    if (!gate) return;
    const gates = new Map(run.gates).set(resource.urn, gate);
    const fresh = findingsBeyond(run.findings, errorsOf([...gates.values()], settings));
    run.gates.set(resource.urn, gate);
    run.findings.push(...fresh);
    if (fresh.length > 0) report(rejection(gate, fresh, settings), resource.urn);
  });
}

function rejection(gate: Gate, findings: readonly Finding[], settings: PolicySettings): string {
  const refused = refusedOverrides(findings, gate, settings);
  const remark =
    refused.length > 0
      ? ` The program overrides ${listText(refused)}, and the policy pack accepts no overrides of programs.`
      : "";
  return reportFindings(findings, `The link rules reject ${gate.name}.${remark}`, gate.topology);
}

const subject = "The configuration of the policy pack";

/** Schema of the settings, which the engine checks before it runs anything, with defaults. */
export const settingsSchema: PolicyConfigSchema = {
  properties: z.toJSONSchema(policySettings, { io: "input" }).properties as PolicyConfigSchema["properties"],
};

/**
 * Parses the organisation's configuration.
 *
 * @throws MalformedError for what the schema can't express: a rule that doesn't exist or accepts no override
 */
export function readSettings(configured: unknown): PolicySettings {
  const settings = parse(policySettings, configured, subject);
  const problems = overrideProblems(settings.rules);
  if (problems.length > 0) throw new MalformedError(subject, problems);
  return settings;
}
