import { z } from "zod";
import type { Problem } from "./problem";

// While a program runs, the rules judge plain values. A promise or an output has none yet. An object schema without
// required fields would even take a promise for an empty object.

/** What a value is that is not there yet; undefined for a plain value. */
export function laterKind(value: unknown): "promise" | "output" | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("__pulumiOutput" in value) return "output";
  return "then" in value && typeof value.then === "function" ? "promise" : undefined;
}

/** Lists promises and outputs in places where a plain value is needed. */
export function laterProblems(schema: unknown, value: unknown, path: readonly PropertyKey[] = []): Problem[] {
  if (typeof value !== "object" || value === null || unwrapped(schema) instanceof z.ZodUnknown) return [];
  const kind = laterKind(value);
  if (kind) return [{ path, text: sentences[kind] }];
  return partsOf(schema, value).flatMap(([key, part, inner]) => laterProblems(inner, part, [...path, key]));
}

const sentences = {
  promise:
    "is a promise that was not awaited; write `await` before it, because the rules judge plain values while the program runs",
  output:
    "is an output of another resource, and the rules judge plain values while the program runs; write the value itself, or make the other resource in a stack of its own and read it with getOutputValue of a StackReference",
} as const;

/** Lists the parts of a value with their schemas. */
function partsOf(schema: unknown, value: object): [key: PropertyKey, part: unknown, schema: unknown][] {
  const inner = unwrapped(schema);
  if (Array.isArray(value)) {
    const element = inner instanceof z.ZodArray ? inner.element : undefined;
    return element ? value.map((part, index) => [index, part, element]) : [];
  }
  const entries = Object.entries(value);
  if (inner instanceof z.ZodRecord) return entries.map(([key, part]) => [key, part, inner.valueType]);
  if (!(inner instanceof z.ZodObject)) return [];
  const { shape } = inner;
  return entries.filter(([key]) => Object.hasOwn(shape, key)).map(([key, part]) => [key, part, shape[key]]);
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.unwrap());
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in);
  return schema;
}
