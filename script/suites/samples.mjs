import { readFile } from "node:fs/promises";

/** Whether everything is tried of which there is else a sample. */
export const triesEverything = () => process.env.PULUMI_WHM_TEST_ALL === "1";

/** The word that has everything tried of which there is else a sample. */
export const everything = "--all";

/**
 * What the closing lines say of samples: how many of how many cases were tried, and how they are tried again. Nothing where
 * no test has drawn one.
 *
 * @param {string} file where the tests have noted them, a line `chosen of` for each sample
 */
export async function samplesInWords(file, seed) {
  const text = await readFile(file, "utf8").catch(() => "");
  const samples = text
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(" ").map(Number));
  const [tried, all] = [0, 1].map((at) => samples.reduce((total, sample) => total + sample[at], 0));
  if (all === 0) return undefined;
  const share = `${tried.toLocaleString("en")} of ${all.toLocaleString("en")} sampled cases were tried`;
  return tried === all
    ? share
    : `${share}; PULUMI_WHM_TEST_SEED=${seed} tries the same, npm run test:all tries all`;
}
