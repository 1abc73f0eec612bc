import { z } from "zod";
import { dayOrTime, lineOfText } from "./values";

/** Ids of the risks of a change, in the order of their table. */
export const riskIds = [
  "many-changes",
  "web-server-without-nameserver",
  "last-holder-of-zone",
  "identity-changed",
  "stronger-role",
  "sync-member-removed",
] as const;

const raised = z.literal("error", 'must be "error", or be left out').optional();

/** How the risks of a change are judged. */
export const riskSettings = z.strictObject({
  /** When a change is `many-changes`. */
  limits: z
    .strictObject({
      /** Share of the links that may be changed or removed at once, from 0 to 1. @default 0.3 */
      share: z.number().min(0, "must be at least 0").max(1, "must be at most 1").optional(),
      /** Number of links from which the share counts. Fewer links may change together. @default 10 */
      links: z.int("must be a whole number").min(1, "must be at least 1").optional(),
    })
    .optional(),
  /** Risks that are warnings and shall reject the plan. @default none */
  severities: z
    .strictObject({
      /** `error` rejects a plan that makes a standalone link feed a server in service. @default a warning */
      "stronger-role": raised,
      /** `error` rejects a plan that removes a link with the role sync. @default a warning */
      "sync-member-removed": raised,
    })
    .optional(),
});

/** A risk that a change may take. */
export const allowance = z.strictObject({
  /** Id of the risk. */
  risk: z.enum(riskIds, `must be one of ${riskIds.join(", ")}`),
  /** Why the risk is taken. Printed with what it allows. */
  reason: lineOfText,
  /** Day or time until which it is allowed: 2027-01-31, or 2027-01-31T06:00:00Z. @default open */
  until: dayOrTime.optional(),
});

/** How a program wants the risks of its changes to be judged. */
export const riskChoices = z.strictObject({
  /** Limits and severities of the risks of a change. @default the table's */
  risks: riskSettings.optional(),
  /** Risks that a change may take, each with a reason. @default none */
  allow: z.array(allowance).optional(),
});

/** Id of a risk of a change. @useDeclaredType */
export type RiskId = (typeof riskIds)[number];
/** How the risks of a change are judged. */
export interface RiskSettings extends z.output<typeof riskSettings> {}
/** A risk that a change may take. */
export interface Allowance extends z.output<typeof allowance> {}
/** How a program wants the risks of its changes to be judged. */
export interface RiskChoices extends z.output<typeof riskChoices> {}

/** Returns the choices among other arguments. Leaves out those that are not made. */
export function riskChoicesAmong({ risks, allow }: RiskChoices): RiskChoices {
  return { ...(risks && { risks }), ...(allow && { allow }) };
}
