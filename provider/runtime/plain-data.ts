/**
 * A copy that the engine can store. It can neither store `undefined` nor functions or big numbers: one of them anywhere
 * in the result of a finished write would lose the resource from the state, after it exists on the server.
 */
export function plainData(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}
