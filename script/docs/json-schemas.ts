import { z } from "zod";
import { servers } from "../../provider/schema/server";
import { topology } from "../../provider/schema/topology";
import { rules } from "../../provider/topology";
import { docComments, type FindComment } from "./schema-comments";

/** JSON schemas of the files that users write, by the names under which they lie in schemas/. */
export function jsonSchemas(): Record<string, object> {
  return {
    "topology.json": {
      ...schemaOf(topology),
      title: "A DNS cluster of cPanel & WHM servers, as pulumi-whm reads it",
    },
    "servers.json": {
      ...schemaOf(servers),
      title:
        "Servers by name and how to reach them, for `whm-dns --connections` and `whm:servers` of pulumi-whm",
    },
  };
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function schemaOf(schema: z.ZodType): object {
  const made = z.toJSONSchema(schema, { io: "input", target: "draft-7", unrepresentable: "any" });
  // The library lets equal fields share one object. A copy has one for each. Patterns say more than formats, some of which
  // only the library knows.
  const json = JSON.parse(
    JSON.stringify(made, (key, value: unknown) => (key === "format" ? undefined : value)),
  ) as JsonSchema;
  complete(json, schema, {
    comments: docComments(),
    definitions: { ...(json.definitions as Record<string, JsonSchema> | undefined) },
  });
  return json;
}

interface Context {
  readonly comments: FindComment;
  /** Definitions that are not complete yet. A bastion may have a bastion: it refers to the definition that it is in. */
  readonly definitions: Record<string, JsonSchema>;
}

/** Returns the definition that a schema refers to, the first time. */
function takeDefinition({ allOf = [] }: JsonSchema, { definitions }: Context): JsonSchema | undefined {
  const [reference] = allOf;
  const name = reference?.$ref?.split("/").at(-1);
  if (name === undefined) return undefined;
  const found = definitions[name];
  delete definitions[name];
  return found;
}

/** Adds to each object what the library can't know: comments, the ids of rules, and which flags contradict. */
function complete(json: JsonSchema, schema: unknown, context: Context): void {
  const referred = takeDefinition(json, context);
  if (referred) return complete(referred, schema, context);
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray) complete(json.items as JsonSchema, inner.element, context);
  if (inner instanceof z.ZodRecord)
    complete(json.additionalProperties as JsonSchema, inner.valueType, context);
  if (!(inner instanceof z.ZodObject)) return;
  const shape: Record<string, unknown> = inner.shape;
  const keys = Object.keys(shape);
  if (keys.includes("dnsServer")) json.allOf = flagsThatFit;
  for (const [key, part] of Object.entries(json.properties ?? {}) as [string, JsonSchema][]) {
    complete(part, shape[key], context);
    const comment = context.comments(key, keys);
    if (comment !== undefined) part.description = comment;
    if (key === "rules") part.propertyNames = { enum: overridable };
    // YAML reads 11.110 as a number; whm-dns keeps it as it is written.
    if (key === "version") part.type = ["string", "number"] as never;
  }
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.unwrap());
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema;
}

const overridable = rules.filter(({ fixed }) => !fixed).map(({ id }) => id);

/** What the schema of a server checks beyond the single fields. */
const flagsThatFit: JsonSchema[] = [
  {
    if: { properties: { type: { const: "dnsonly" } }, required: ["type"] },
    then: { properties: { nameserver: { const: true } } },
  },
  {
    if: {
      properties: { type: { const: "cpanel" }, intermediary: { const: true } },
      required: ["type", "intermediary"],
    },
    then: { properties: { nameserver: { const: true } }, required: ["nameserver"] },
  },
];
