import type { PolicyConfigSchema } from "@pulumi/policy";
import { z } from "zod";
import { MalformedError, parse } from "../schema/parse";
import { policySettings, type PolicySettings } from "../schema/policy-settings";
import { overrideProblems } from "../topology";

const subject = "The configuration of the policy pack";

/** The shape of the settings as the engine checks it before it runs anything, defaults included. */
export const settingsSchema: PolicyConfigSchema = {
  properties: z.toJSONSchema(policySettings, { io: "input" }).properties as PolicyConfigSchema["properties"],
};

/**
 * Reads what the organisation has configured.
 *
 * @throws MalformedError for what the shape cannot say: a rule that does not exist or accepts no override
 */
export function readSettings(configured: unknown): PolicySettings {
  const settings = parse(policySettings, configured, subject);
  const problems = overrideProblems(settings.rules);
  if (problems.length > 0) throw new MalformedError(subject, problems);
  return settings;
}
