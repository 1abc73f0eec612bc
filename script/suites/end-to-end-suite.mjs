import { drawnFiles } from "./drawn-files.mjs";
import { jestSuite } from "./jest-suite.mjs";
import { triesEverything } from "./samples.mjs";

/** Runs end-to-end tests: the files that are asked for, else those that the seed draws, or all of them. */
export async function endToEndSuite(given) {
  const options = { ...given, waits: true };
  if (triesEverything() || options.patterns.length > 0) return jestSuite("end-to-end", options);
  const seed = process.env.PULUMI_WHM_TEST_SEED;
  const { chosen, of } = await drawnFiles(seed);
  console.log(
    `${chosen.length} of ${of} files; PULUMI_WHM_TEST_SEED=${seed} draws the same, npm run test:all runs all`,
  );
  return jestSuite("end-to-end", { ...options, patterns: ["--runTestsByPath", ...chosen] });
}
