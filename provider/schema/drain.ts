import { z } from "zod";
import { dayOrTime, lineOfText } from "./values";

/** A server or a link that sends and receives no zones for a while. */
export const drain = z.strictObject({
  /** Why, for those who read a preview. */
  reason: lineOfText,
  /** Day or time at which it should have ended: 2027-01-31, or 2027-01-31T06:00:00Z. @default open */
  until: dayOrTime.optional(),
});

/** A server or a link that sends and receives no zones for a while. */
export interface Drain extends z.output<typeof drain> {}
