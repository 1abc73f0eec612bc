// npm run docs: writes the pages that are made from the code. A test fails when they are stale.
import { createRequire } from "node:module";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeApiPages } from "./docs/api-pages.mjs";
import { rejectedPlan } from "./docs/rejected-plan.mjs";
import { runMain } from "./shared/failure.mjs";
import { root } from "./shared/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

await runMain(async () => {
  const { engine } = await setUp({ engine: true });
  const require = createRequire(import.meta.url);
  require("ts-node/register/transpile-only");
  const { rulesPage } = require("./docs/rules-page.ts");
  const { withDrawings } = require("./docs/drawings.ts");
  const { jsonSchemas } = require("./docs/json-schemas.ts");
  const { pictures } = require("./docs/pictures.ts");
  const { terminalPicture } = require("./docs/terminal-picture.ts");
  const concepts = join(root, "docs", "concepts.md");
  await writeFile(join(root, "docs", "rules.md"), rulesPage());
  await writeFile(concepts, withDrawings(await readFile(concepts, "utf8")));
  for (const [name, schema] of Object.entries(jsonSchemas()))
    await writeFile(join(root, "schemas", name), `${JSON.stringify(schema, undefined, 2)}\n`);
  for (const [file, image] of await pictures()) await writeFile(join(root, "docs", "pictures", file), image);
  const { command, output } = await rejectedPlan(engine);
  await writeFile(join(root, "docs", "pictures", "rejected-plan.svg"), terminalPicture(command, output));
  await writeApiPages(join(root, "docs", "api"));
  console.log(
    "docs/rules.md, the drawings of docs/concepts.md, docs/pictures, schemas and docs/api are up to date",
  );
});
