import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

// Each of these switches a guard off. They are counted, so that one more is a decision that a reader of the change sees.

const most = [
  { what: "lines that switch the linter off", pattern: /eslint-disable/g, most: 1 },
  { what: "values of type any", pattern: /\bas any\b|<any>|:\s*any[\s;,)=[]/g, most: 0 },
  { what: "lines that switch the compiler off", pattern: /@ts-(?:ignore|expect-error|nocheck)/g, most: 0 },
  { what: "casts over unknown", pattern: /\bas unknown as\b/g, most: 18 },
  {
    what: "tests that may be skipped",
    pattern: /\b(?:test|it|describe)\.(?:skip|only|todo)\b|\bx(?:test|it|describe)\(/g,
    most: 2,
  },
];

const root = resolve(__dirname, "..");
const folders = ["provider", "test", "script", "bench", "examples"];
const files = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  )
  .filter((path) => /\.(?:ts|mjs|cjs|js)$/.test(path) && !path.includes("node_modules"))
  .filter((path) => path !== join("test", "escape-hatches.test.ts"));

test.each(most)("[U] the code has at most $most $what", ({ pattern, most }) => {
  const found = files.flatMap((path) => {
    const count =
      readFileSync(join(root, path), "utf8")
        .replace(/"(?:[^"\\\n]|\\.)*"/g, "")
        .match(pattern)?.length ?? 0;
    return Array.from({ length: count }, () => path);
  });
  expect(found.slice(most)).toEqual([]);
});

test("[U] the search finds files", () => {
  expect(files.length).toBeGreaterThan(500);
});
