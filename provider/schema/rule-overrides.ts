import { z } from "zod";
import { lineOfText } from "./values";

/** What a finding of a rule does: `error` rejects the plan, `warning` is shown and passes, `off` is not shown. */
export const ruleOverride = z.strictObject({
  severity: z.enum(["error", "warning", "off"], "must be error, warning or off"),
  /** Why the rule is overridden; printed with the finding. */
  reason: lineOfText,
});

/** Overrides by rule id. Which ids exist and which may be overridden is for the table of rules to say. */
export const ruleOverrides = z.record(z.string(), ruleOverride);

export type RuleOverride = z.output<typeof ruleOverride>;
export type RuleOverrides = z.output<typeof ruleOverrides>;
