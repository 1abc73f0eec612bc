import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../provider/topology";

const readme = readFileSync(join(__dirname, "../README.md"), "utf8");
const rows = readme.split("\n").flatMap((line) => {
  const cells = line.split("|").map((cell) => cell.trim());
  return cells.length === 5 && cells[1]?.startsWith("`") ? [cells.slice(1, 4)] : [];
});

describe("the README", () => {
  test("[U] lists exactly the rules of the table, in its order, with their severities and summaries", () => {
    const expected = rules.map(({ id, severity, fixed, summary }) => [
      `\`${id}\``,
      fixed ? `${severity}, fixed` : severity,
      summary,
    ]);
    expect(rows).toEqual(expected);
  });

  test.each([...readme.matchAll(/\]\((?!http)([^)#]+)/g)].map(([, target]) => target!))(
    "[U] has a link to %s that leads to a file",
    (target) => {
      expect(() => readFileSync(join(__dirname, "..", target))).not.toThrow(/ENOENT/);
    },
  );
});
