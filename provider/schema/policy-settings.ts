import { z } from "zod";
import { ruleOverrides } from "./rule-overrides";

/** Settings of an organisation for the policy pack. */
export const policySettings = z.strictObject({
  /** Overrides for every program, in the shape of a topology's `rules`. @default none */
  rules: ruleOverrides.default({}),
  /** Whether the pack accepts overrides made by a program. @default "refused" */
  programOverrides: z.enum(["refused", "accepted"], "must be refused or accepted").default("refused"),
});

export type PolicySettings = z.output<typeof policySettings>;
