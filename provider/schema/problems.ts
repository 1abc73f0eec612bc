import type { z } from "zod";
import { hintOf } from "./addresses";
import { laterProblems } from "./later-values";
import { likelyMeant } from "./likely-meant";
import type { Problem } from "./problem";
import { shownValue } from "./shown-value";
import { nearestWord } from "./suggestion";
import { unknownKeyText } from "./unknown-keys";

/** Result of reading a value: its parsed form, or everything that is wrong with it. */
export type Reading<Output> = { readonly data: Output } | { readonly problems: readonly Problem[] };

/**
 * Reads a value by a schema. Shows wrong values only where no secret belongs.
 *
 * @param later what is said of promises and outputs in it: each is a problem, or none of them is
 */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  { later = "refused" }: { readonly later?: "refused" | "allowed" } = {},
): Reading<z.output<Schema>> {
  const waiting = laterProblems(schema, value);
  const result = schema.safeParse(value, { error: withKnownKeys });
  if (result.success && waiting.length === 0) return { data: result.data };
  const others = (result.error?.issues ?? [])
    .flatMap((issue) => problemsOf(issue, value))
    .filter(({ path }) => !waiting.some((part) => isBelow(path, part.path)));
  return { problems: [...(later === "refused" ? waiting : []), ...others] };
}

function isBelow(path: readonly PropertyKey[], above: readonly PropertyKey[]): boolean {
  return above.every((step, index) => path[index] === step);
}

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/** Carries the known keys of an object in the message of an issue: only here does the library reveal them. */
function withKnownKeys(issue: RawIssue): string | undefined {
  if (issue.code !== "unrecognized_keys") return undefined;
  const { inst } = issue;
  return inst !== undefined && "shape" in inst ? Object.keys(inst.shape as object).join(" ") : undefined;
}

function problemsOf(issue: z.core.$ZodIssue, root: unknown): Problem[] {
  const { path, message } = issue;
  if (issue.code === "unrecognized_keys") {
    const known = message.split(" ");
    return issue.keys.map((key) => {
      const place = [...path, key];
      return { path: place, text: unknownKeyText({ key, known, value: valueAt(root, place) }) };
    });
  }
  if (issue.code === "invalid_key")
    return issue.issues.map((each) => ({ path, text: `the name ${each.message}` }));
  const value = valueAt(root, path);
  const isComplete = issue.code === "custom" && issue.params?.["complete"] === true;
  return [{ path, text: isComplete ? message : textOf(issue, value) }];
}

function textOf(issue: z.core.$ZodIssue, value: unknown): string {
  const { path, message } = issue;
  const [, kind] = /^Invalid input: expected (\w+), received \w+$/.exec(message) ?? [];
  const expected = kind === undefined ? message : `expected ${kindWords(kind)}`;
  if (value === undefined && /^(expected|must be) /.test(expected)) return `is missing; ${expected}`;
  if (value === null) return `is empty (null); ${expected}${meant(kind, path, value)}`;
  return [
    expected,
    ...seen(path, value, kind !== undefined),
    ...suggestion(issue, value),
    ...hint(issue, value),
    meant(kind, path, value),
  ].join("");
}

function meant(expected: string | undefined, path: readonly PropertyKey[], value: unknown): string {
  const text = expected === undefined ? undefined : likelyMeant({ expected, path, value });
  return text === undefined ? "" : `; ${text}`;
}

/** Says what is there. The kind of a value says enough where a value of another kind is expected. */
function seen(path: readonly PropertyKey[], value: unknown, isOfWrongKind: boolean): string[] {
  const shown = value === "" ? undefined : shownValue(path, value);
  const kind = isOfWrongKind ? kindOf(value) : undefined;
  const text = shown ?? kind;
  return text === undefined ? [] : [`, not ${text}`];
}

function suggestion(issue: z.core.$ZodIssue, value: unknown): string[] {
  if (issue.code !== "invalid_value" || typeof value !== "string") return [];
  const words = issue.values.filter((each) => typeof each === "string");
  const nearest = nearestWord(value, words);
  return nearest === undefined ? [] : [`; did you mean ${nearest}?`];
}

/** Says what was probably meant, where that is known and the value may be shown: the hint may repeat it. */
function hint(issue: z.core.$ZodIssue, value: unknown): string[] {
  if (shownValue(issue.path, value) === undefined) return [];
  const known: unknown = issue.code === "custom" ? issue.params?.["hint"] : undefined;
  const text = known ?? hintOf(issue.message, value);
  return typeof text === "string" ? [`; ${text}`] : [];
}

const kinds: Readonly<Record<string, string>> = {
  record: "an object with a key for each entry",
  object: "an object",
  array: "a list",
  string: "a text",
  number: "a number",
  boolean: "true or false",
  int: "a whole number",
};

function kindWords(kind: string): string {
  return kinds[kind] ?? kind;
}

function kindOf(value: unknown): string {
  return kindWords(Array.isArray(value) ? "array" : typeof value);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    root,
  );
}
