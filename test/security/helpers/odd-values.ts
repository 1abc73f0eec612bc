import fc from "fast-check";

type Path = readonly (string | number)[];

/** Values of every kind that JSON has, among them those that programs trip over. */
export const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 2 ** 60],
  ...["", "x", "0", "\n", "\0", "__proto__", "\ud800", "<html>", "x".repeat(100_000)],
  ...[
    [],
    [[]],
    [null],
    {},
    { x: {} },
    JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}') as unknown,
  ],
];

/** Arbitrary JSON, with keys that would reach a prototype. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(...oddValues) },
  {
    weight: 1,
    arbitrary: fc
      .dictionary(fc.constantFrom("__proto__", "constructor", "toString", "servers", "links"), fc.jsonValue())
      .map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  },
);

/** Every variant of a value in which something odd stands at one place, and those in which a field is missing. */
export function damaged(value: unknown): unknown[] {
  return pathsOf(value).flatMap((path) => [
    ...oddValues.map((odd) => replaced(value, path, odd)),
    ...(path.length > 0 ? [replaced(value, path, undefined)] : []),
  ]);
}

/** Every place in a value, the whole included. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    path,
    ...keys.flatMap((key) => pathsOf((value as Record<string | number, unknown>)[key], [...path, key])),
  ];
}

/** The value with another one at a place. */
export function replaced(value: unknown, [first, ...rest]: Path, other: unknown): unknown {
  if (first === undefined) return other;
  if (Array.isArray(value))
    return value.map((item: unknown, at): unknown => (at === first ? replaced(item, rest, other) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [first]: replaced(record[first], rest, other) };
}

/** Whatever a test did, no object has got a new property by it. */
export function expectCleanPrototypes(): void {
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(([] as unknown as Record<string, unknown>)["polluted"]).toBeUndefined();
}
