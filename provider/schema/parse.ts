import type { z } from "zod";
import { problemLine } from "./problem";
import { read } from "./problems";

/** A value is not of the expected shape. Each problem is `path: what was expected, not what is there`. */
export class MalformedError extends Error {
  /** Always `MalformedError`. */
  override readonly name = "MalformedError";
  /** Always `malformed`. */
  readonly code = "malformed";

  constructor(
    /** Name of the malformed value, as it begins a sentence. */
    readonly subject: string,
    /** All problems, each as `path: what was expected, not what is there`. */
    readonly problems: readonly string[],
    /** What is said of the value as a whole. */
    complaint = "is malformed",
  ) {
    super([`${subject} ${complaint}:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}

/**
 * Parses a value that comes from outside.
 *
 * @throws MalformedError with all problems at once. It shows no value that may be a secret.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  subject: string,
): z.output<Schema> {
  const reading = read(schema, value);
  if ("data" in reading) return reading.data;
  throw new MalformedError(subject, reading.problems.map(problemLine));
}
