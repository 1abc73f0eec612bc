// npm run check: everything that can be said in a minute. Build, lint, format, types, and the walls between the rooms.
import { runMain } from "./shared/failure.mjs";
import { setUp } from "./setup/set-up.mjs";
import { jestSuite } from "./suites/jest-suite.mjs";
import { staticChecks } from "./suites/static-checks.mjs";
import { inWords, sum } from "./suites/tally.mjs";

await runMain(async () => {
  await setUp({ engine: false });
  const walls = { patterns: ["test/walls", "test/escape-hatches"], path: process.env.PATH };
  const total = sum([await staticChecks(), await jestSuite("unit", walls)]);
  console.log(`\n${inWords(total)}`);
  return total.failed > 0 ? 1 : 0;
});
