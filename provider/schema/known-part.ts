import { z } from "zod";
import { laterKind } from "./later-values";
import { read } from "./problems";

/**
 * A value that may come from other resources, whole or in part. What is known of it already is checked, so that a typing
 * error is seen in a preview; the whole is parsed where it is used.
 */
export function known(schema: z.ZodType): z.ZodUnknown {
  return z.unknown().superRefine((value, context) => {
    if (laterKind(value) !== undefined || value === undefined) return;
    const reading = read(schema, value, { later: "allowed" });
    if ("data" in reading) return;
    for (const { path, text } of reading.problems)
      context.addIssue({ code: "custom", path: [...path], message: text, params: { complete: true } });
  });
}
