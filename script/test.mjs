// npm test: sets up and runs all suites. `npm test -- unit integration` runs some, `npm test -- walls` some files. Where there
// are very many cases of one kind a sample of them is tried; `npm run test:all` tries all.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { duration } from "./shared/duration.mjs";
import { report, runMain } from "./shared/failure.mjs";
import { setUp } from "./setup/set-up.mjs";
import { everything, samplesInWords } from "./suites/samples.mjs";
import { choose, suites } from "./suites/suites.mjs";
import { inWords, sum, tally } from "./suites/tally.mjs";

/** Tests that try a sample draw it by this number; the same number draws the same sample. */
const seed = (process.env.PULUMI_WHM_TEST_SEED ??= String(Math.floor(Math.random() * 1e6)));

await runMain(async () => {
  const started = performance.now();
  const words = process.argv.slice(2);
  if (words.includes(everything)) process.env.PULUMI_WHM_TEST_ALL = "1";
  const { names, patterns } = choose(words.filter((word) => word !== everything));
  const folder = await mkdtemp(join(tmpdir(), "pulumi-whm-samples-"));
  const samples = (process.env.PULUMI_WHM_TEST_SAMPLES = join(folder, "samples"));
  const path = await setUpPath(names);
  const tallies = path === undefined ? [tally(0, 1, 0, ["the set-up"])] : [];
  for (const name of path === undefined ? [] : names) tallies.push(await runSuite(name, { patterns, path }));
  const total = sum(tallies);
  for (const failure of total.failures) console.log(`\nFAILED ${failure}`);
  const ofSamples = await samplesInWords(samples, seed);
  if (ofSamples) console.log(`\n${ofSamples}`);
  console.log(`\nAll suites took ${duration(performance.now() - started)}`);
  console.log(`\n${inWords(total)}`);
  await rm(folder, { recursive: true, force: true });
  // Not one test: a mistyped name must not look like success.
  return total.failed > 0 || total.passed + total.skipped === 0 ? 1 : 0;
});

/** The PATH of the tests; nothing when the set-up failed, which counts as one failed test. */
async function setUpPath(names) {
  try {
    const { engine } = await setUp({ engine: names.some((name) => suites[name].needsEngine) });
    return [engine?.folder, process.env.PATH].filter(Boolean).join(delimiter);
  } catch (error) {
    report(error);
    return undefined;
  }
}

async function runSuite(name, options) {
  const started = performance.now();
  console.log(`\nSuite: ${name}`);
  const result = await suites[name].run(options).catch((error) => {
    report(error);
    return tally(0, 1, 0, [`the suite ${name} could not run: ${error.message}`]);
  });
  console.log(`Suite ${name}: ${inWords(result)} (${duration(performance.now() - started)})`);
  return result;
}
