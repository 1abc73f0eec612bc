import { readdirSync } from "node:fs";
import { join } from "node:path";
import { withDrawings } from "../script/docs/drawings";
import { root, textOf } from "./helpers/markdown-pages";

describe("docs/concepts.md", () => {
  const page = textOf("docs/concepts.md");

  test("[U] shows the drawings and verdicts that `npm run docs` makes of its topologies", () => {
    expect(page).toBe(withDrawings(page));
  });

  test("[U] shows every topology of docs/concepts", () => {
    const drawn = [...page.matchAll(/<!-- drawing: concepts\/(\S+) -->/g)].map(([, file]) => file);
    expect(drawn.sort()).toEqual(readdirSync(join(root, "docs/concepts")).sort());
  });
});
