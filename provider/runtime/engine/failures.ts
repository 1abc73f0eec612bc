import { redact } from "../../servers";
import type { Properties } from "./checked-inputs";
import { plainData } from "./plain-data";

/** A plan is rejected by the rules. The message is the report. */
export class Rejection extends Error {
  override readonly name = "Rejection";
}

/** A write has begun and was not confirmed. What is known is saved, and the next `pulumi up` repairs it. */
export class PartialFailure extends Error {
  constructor(
    readonly id: string,
    readonly state: object,
    override readonly cause: unknown,
  ) {
    super(messageOf(cause));
  }
}

/**
 * Runs a create or update. The engine saves a resource when the error carries an id and properties. Without
 * `__provider` among them it could never be read or deleted again.
 */
export async function savedFailure<Result>(
  [news, olds]: [news: Properties, olds?: Properties],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const message = redact(messageOf(error), [news, olds ?? {}].flatMap(secretsOf));
    if (!(error instanceof PartialFailure)) throw plainError(message);
    const properties = { ...plainData(error.state), __provider: news.__provider };
    throw Object.assign(plainError(message), { id: error.id, properties, reasons: [message] });
  }
}

/** Runs a check, diff, read or delete. Removes name and stack from its errors, because the SDK prints them. */
export async function quietly<Result>(
  properties: Properties[],
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw plainError(redact(messageOf(error), properties.flatMap(secretsOf)));
  }
}

/** Makes an error of which the SDK prints only the sentence. */
export function plainError(message: string): Error {
  return Object.assign(new Error(message), { name: "", stack: "" });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function secretsOf(properties: Properties): string[] {
  const { token } = properties;
  return typeof token === "string" ? [token] : [];
}
