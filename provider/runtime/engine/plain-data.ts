/**
 * Copies a value so that the engine can store it. The engine can't store `undefined`, functions or big numbers: one of
 * them anywhere in the result of a finished write would lose the resource from the state, although it exists on the
 * server. Text that is not Unicode, from a file edited by hand, would make the engine refuse the whole answer.
 */
export function plainData(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === "string" ? wholeUnicode(part) : part,
  ) as Record<string, unknown>;
}

/** Replaces halves of surrogate pairs, which come from bytes in a file that are not UTF-8, by replacement characters. */
function wholeUnicode(text: string): string {
  return Buffer.from(text).toString();
}
