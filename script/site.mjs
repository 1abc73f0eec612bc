// npm run site: makes site/ from the pages, with a search that needs no server. `npm run site -- FOLDER` makes it elsewhere.
import { duration } from "./shared/duration.mjs";
import { runMain } from "./shared/failure.mjs";
import { setUp } from "./setup/set-up.mjs";
import { buildSite } from "./site/build-site.mjs";

await runMain(async () => {
  const started = performance.now();
  await setUp({ engine: false });
  const folder = await buildSite(process.argv[2]);
  console.log(`${folder} is made (${duration(performance.now() - started)})`);
});
