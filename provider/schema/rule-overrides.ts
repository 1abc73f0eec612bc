import { z } from "zod";
import { lineOfText } from "./values";

/** What becomes of a rule's findings, and why. */
export const ruleOverride = z.strictObject({
  /** `error` rejects the plan, `warning` is shown and passes, `off` is not shown. */
  severity: z.enum(["error", "warning", "off"], "must be error, warning or off"),
  /** Why the rule is overridden; printed with the finding. */
  reason: lineOfText,
});

/** Overrides by rule id. Which ids exist and which may be overridden is for the table of rules to say. */
export const ruleOverrides = z.record(z.string(), ruleOverride);

/** What becomes of a rule's findings, and why. */
export interface RuleOverride extends z.output<typeof ruleOverride> {}
/** Overrides by the id of a rule. @useDeclaredType */
export type RuleOverrides = z.output<typeof ruleOverrides>;
