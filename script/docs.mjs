// npm run docs: writes the pages that are made from the code. A test fails when they are stale.
import { createRequire } from "node:module";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeApiPages } from "./docs/api-pages.mjs";
import { runMain } from "./shared/failure.mjs";
import { root } from "./shared/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

await runMain(async () => {
  await setUp({ engine: false });
  const require = createRequire(import.meta.url);
  require("ts-node/register/transpile-only");
  const { rulesPage } = require("./docs/rules-page.ts");
  const { withDrawings } = require("./docs/drawings.ts");
  const concepts = join(root, "docs", "concepts.md");
  await writeFile(join(root, "docs", "rules.md"), rulesPage());
  await writeFile(concepts, withDrawings(await readFile(concepts, "utf8")));
  await writeApiPages(join(root, "docs", "api"));
  console.log("docs/rules.md, the drawings of docs/concepts.md and docs/api are up to date");
});
