import { z } from "zod";
import { ruleOverrides } from "./rule-overrides";

/** What an organisation decides for the policy pack. */
export const policySettings = z.strictObject({
  /** Overrides that hold for every program, in the shape of a topology's `rules`. @default none */
  rules: ruleOverrides.default({}),
  /** Whether overrides that a program makes itself count for the pack. @default "refused" */
  programOverrides: z.enum(["refused", "accepted"], "must be refused or accepted").default("refused"),
});

export type PolicySettings = z.output<typeof policySettings>;
