import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exampleOf, risks } from "../provider/topology";

const page = readFileSync(join(__dirname, "../docs/risks.md"), "utf8");

describe("docs/risks.md", () => {
  test("[U] has the table of risks as the code has it, in its order", () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (error|warning) +\| (.+?) +\|$/gm)];
    expect(rows.map(([, ...cells]) => cells)).toEqual(
      risks.map(({ id, severity, summary }) => [id, severity, summary]),
    );
  });

  test("[U] shows how to allow a risk as a rejection does", () => {
    expect(page).toContain(exampleOf("many-changes"));
  });
});
