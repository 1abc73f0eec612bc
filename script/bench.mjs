// npm run bench: every benchmark in bench/. `npm run bench -- topology` runs one. Fails when a limit is broken.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure, runMain } from "./shared/failure.mjs";
import { root } from "./shared/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

await runMain(async () => {
  const names = choose(process.argv.slice(2));
  await setUp({ engine: false });
  let broken = 0;
  for (const name of names) broken += await measure(name);
  return broken > 0 ? 1 : 0;
});

function choose(asked) {
  const known = readdirSync(join(root, "bench"))
    .filter((file) => file.endsWith(".mjs"))
    .map((file) => file.replace(".mjs", ""));
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Failure(`No benchmark ${unknown.join(", ")}.`, "", `Known: ${known.join(", ")}.`);
  return asked.length > 0 ? asked : known;
}

/** The number of limits that a benchmark found broken. */
async function measure(name) {
  console.log(`\nBenchmark: ${name}`);
  const { default: run } = await import(pathToFileURL(join(root, "bench", `${name}.mjs`)).href);
  const broken = await run();
  for (const limit of broken) console.log(`Broken: ${limit}`);
  return broken.length;
}
