import { z } from "zod";

// WHM is written in Perl: a number may arrive as text, a flag as 0, "0", "" or null, an empty object as an empty list.

/** A whole number, written as a number or as digits. */
export const integer = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/, "must be a whole number")
    .transform(Number),
]);

/** A flag: 0 and 1 as number or text; Perl's empty text and null mean no. */
export const flag = z
  .union([z.literal([0, 1, "0", "1", "", true, false]), z.null()], "must be 0 or 1")
  .transform((value) => value === 1 || value === "1" || value === true);

/** Text, even if Perl made a number of it. */
export const text = z.union([z.string(), z.number().transform(String)]);

/** A list of texts; nothing means empty. */
export const texts = z
  .array(text)
  .nullish()
  .transform((values) => values ?? []);
