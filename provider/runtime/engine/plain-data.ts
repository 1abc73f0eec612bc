/**
 * A copy that the engine can store. It can neither store `undefined` nor functions or big numbers: one of them anywhere
 * in the result of a finished write would lose the resource from the state, after it exists on the server. Text that is
 * no Unicode, from a file that somebody has edited, would have the engine refuse the whole answer.
 */
export function plainData(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === "string" ? wholeUnicode(part) : part,
  ) as Record<string, unknown>;
}

/** Halves of surrogate pairs, for which bytes that are no UTF-8 stand in a file's text, become replacement characters. */
function wholeUnicode(text: string): string {
  return Buffer.from(text).toString();
}
