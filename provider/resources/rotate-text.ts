import * as pulumi from "./sdk";
import { MalformedError } from "../schema/parse";
import { programError } from "./program/program-error";

/** Any value that rotates a token when it changes. */
export type RotateValue = pulumi.Input<string | number | boolean>;

/**
 * Returns a value of `rotate` as the text that the engine compares.
 *
 * @throws MalformedError for an object, which would always give the same text
 */
export function rotateText(
  value: RotateValue | undefined,
  subject: string,
): pulumi.Output<string> | undefined {
  if (value === undefined) return undefined;
  if (!isLater(value) && typeof value === "object")
    throw new MalformedError(subject, [`(root): ${expected}`]);
  return pulumi.output(value).apply((known) => textOf(known, subject));
}

/** Whether a value comes from another resource. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

const expected = "must be a text, a number or a boolean, not an object";

function textOf(value: string | number | boolean, subject: string): string {
  if (typeof value !== "object") return String(value);
  throw programError(`${subject} ${expected}.`);
}
