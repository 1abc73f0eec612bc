import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const room = resolve(__dirname, "..", "..", "..", "provider", "schema");

/** Every schema that a file of the schema room exports, as `file.export`. */
export function everySchema(): [name: string, schema: z.ZodType][] {
  return readdirSync(room).flatMap((file) => {
    const exported = jest.requireActual<Record<string, unknown>>(join(room, file));
    return Object.entries(exported)
      .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType)
      .map(([name, schema]): [string, z.ZodType] => [`${file.replace(/\.ts$/, "")}.${name}`, schema]);
  });
}

/** A place in a schema where a value is taken as it comes: text, or anything at all. */
export interface Leaf {
  /** Names of fields, `[]` for an item of a list, `{}` for a key of a record. */
  readonly path: string;
  readonly kind: "text" | "anything";
  readonly schema: z.ZodType;
}

/**
 * Every place of a schema where text, or a value of any kind, goes in. A schema that holds itself is entered once more.
 */
export function leaves(schema: z.ZodType, path = "", around: readonly z.ZodType[] = []): Leaf[] {
  if (around.filter((other) => other === schema).length > 1) return [];
  const within = schema instanceof z.ZodObject ? [...around, schema] : around;
  const inner = (part: unknown, step = ""): Leaf[] => leaves(part as z.ZodType, path + step, within);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, field]) => inner(field, `.${key}`));
  if (schema instanceof z.ZodRecord)
    return [...inner(schema.keyType, "{}"), ...inner(schema.valueType, ".*")];
  if (schema instanceof z.ZodArray) return inner(schema.element, "[]");
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => inner(option));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return inner(schema.unwrap());
  if (schema instanceof z.ZodPipe) return inner(schema.in);
  if (schema instanceof z.ZodUnknown) return [{ path, kind: "anything", schema }];
  if (isText(schema)) return [{ path, kind: "text", schema }];
  if (isNoText(schema)) return [];
  throw new Error(`The walk through the schemas does not know ${schema.constructor.name} at ${path}.`);
}

function isText(schema: z.ZodType): boolean {
  return schema instanceof z.ZodString || schema instanceof z.ZodStringFormat || schema instanceof z.ZodEnum;
}

function isNoText(schema: z.ZodType): boolean {
  return schema instanceof z.ZodNumber || schema instanceof z.ZodBoolean || schema instanceof z.ZodLiteral;
}
