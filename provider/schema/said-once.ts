import { z } from "zod";

// The engine keeps what a provider was given twice, and writes it with every step. Most servers have the same private
// key: a text that stands in it more than once is written once, and referred to by its place in a list.

/** Shorter texts are not worth a reference. */
const shortest = 64;

const packed = z.strictObject({ texts: z.array(z.string()), value: z.unknown() });
const reference = z.strictObject({ text: z.number() });

/** The JSON of a value in which every long text stands once. */
export function stringifyOnce(value: unknown): string {
  const texts = repeated(value);
  if (texts.length === 0) return JSON.stringify(value);
  const places = new Map(texts.map((text, place) => [text, place]));
  const refer = (_key: string, part: unknown): unknown => {
    const place = typeof part === "string" ? places.get(part) : undefined;
    return place === undefined ? part : { text: place };
  };
  return `{"texts":${JSON.stringify(texts)},"value":${JSON.stringify(value, refer)}}`;
}

/** The value of such a JSON, and of any other one. */
export function parseOnce(json: string): unknown {
  const read = JSON.parse(json) as unknown;
  const found = packed.safeParse(read);
  if (!found.success) return read;
  const { texts, value } = found.data;
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
    const { success, data } = reference.safeParse(part);
    return success ? texts[data.text] : part;
  });
}

function repeated(value: unknown): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "string" && part.length >= shortest) (seen.has(part) ? twice : seen).add(part);
    return part;
  });
  return [...twice];
}
