import type { z } from "zod";

/** A value is not of the expected shape. Each problem is `path: what was expected`. */
export class MalformedError extends Error {
  /** Always `MalformedError`. */
  override readonly name = "MalformedError";
  /** Always `malformed`. */
  readonly code = "malformed";

  constructor(
    /** Name of the malformed value, as it begins a sentence. */
    readonly subject: string,
    /** All problems, each as `path: what was expected`. */
    readonly problems: readonly string[],
  ) {
    super([`${subject} is malformed:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}

/**
 * Parses a value that comes from outside.
 *
 * @throws MalformedError with all problems at once. It never repeats values: they may be secrets.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  subject: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new MalformedError(subject, result.error.issues.map(sentence));
}

function sentence(issue: z.core.$ZodIssue): string {
  const path = issue.path.reduce<string>(
    (text, key) => text + (typeof key === "number" ? `[${key}]` : `${text ? "." : ""}${String(key)}`),
    "",
  );
  return `${path || "(root)"}: ${plainly(issue.message)}`;
}

/** Rewrites the schema library's sentence for a value of the wrong type in the words of the other messages. */
function plainly(message: string): string {
  return message
    .replace(/^Invalid input: expected (\w+), received undefined$/, "is missing; expected $1")
    .replace(/^Invalid input: expected (\w+), received (\w+)$/, "expected $1, not $2");
}
