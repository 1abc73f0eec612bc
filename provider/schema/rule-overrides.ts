import { z } from "zod";
import { lineOfText } from "./values";

/** New severity of a rule's findings, and the reason. */
export const ruleOverride = z.strictObject({
  /** `error` rejects the plan, `warning` is shown and passes, `off` is not shown. */
  severity: z.enum(["error", "warning", "off"], "must be error, warning or off"),
  /** Why the rule is overridden. Printed with the finding. */
  reason: lineOfText,
});

/** Overrides by rule id. The table of rules says which ids exist and which of them may be overridden. */
export const ruleOverrides = z.record(z.string(), ruleOverride);

/** New severity of a rule's findings, and the reason. */
export interface RuleOverride extends z.output<typeof ruleOverride> {}
/** Overrides by rule id. @useDeclaredType */
export type RuleOverrides = z.output<typeof ruleOverrides>;
