/** Characters in a line of a written program. */
const width = 80;

/** Code that is written as it is. */
export class Code {
  constructor(readonly text: string) {}
}

/**
 * Writes a value as TypeScript, the way the usual formatter does: on one line if it fits, else one element a line.
 *
 * @param indent columns before the line
 * @param before columns that the line already has
 * @param after columns that follow
 */
export function literal(value: unknown, indent = 0, before = 0, after = 1): string {
  if (value instanceof Code) return value.text;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = partsOf(value);
  if (parts.length === 0) return Array.isArray(value) ? "[]" : "{}";
  const short = inOneLine(value);
  if (!mustBreak(value) && indent + before + short.length + after <= width) return short;
  const lines = parts.map(([head, item]) => {
    const inner = literal(item, indent + 2, head.length);
    return `${" ".repeat(indent + 2)}${head}${inner},`;
  });
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return [open, ...lines, `${" ".repeat(indent)}${close}`].join("\n");
}

/** Spreads an expression into an object: the key of the entry is ignored. */
const spread = "...";

function partsOf(value: object): [head: string, item: unknown][] {
  if (Array.isArray(value)) return value.map((item): [string, unknown] => ["", item]);
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => [key.startsWith(spread) ? spread : `${keyText(key)}: `, item]);
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function inOneLine(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const items = partsOf(value).map(([head, item]) => `${head}${inOneLine(item)}`);
  if (Array.isArray(value)) return `[${items.join(", ")}]`;
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}

/** Whether the formatter breaks a value even if it fits: a list of several objects with several keys, or what holds one. */
function mustBreak(value: unknown): boolean {
  if (typeof value !== "object" || value === null || value instanceof Code) return false;
  if (!Array.isArray(value)) return Object.values(value).some(mustBreak);
  const isTable =
    value.length > 1 &&
    value.every((item) => typeof item === "object" && item !== null && partsOf(item as object).length > 1);
  return isTable || value.some(mustBreak);
}
