import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { root, tool } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";
import { failuresIn } from "./jest-failures.mjs";
import { triesEverything } from "./samples.mjs";
import { tally } from "./tally.mjs";

/** Everything that is else a sample takes hours. */
const longestRun = () => (triesEverything() ? 720 : 60) * 60_000;
/** More than four would be felt on a shared machine. */
const mostWorkers = 4;

/**
 * Runs the tests of one jest project.
 *
 * @param {string} project a name from jest.config.js
 * @param {{ patterns: string[], path: string, within?: string[], env?: Record<string, string>, waits?: boolean }}
 *   options which files (all when empty), the PATH of the tests, words before the command, more of their environment, and
 *   whether they wait as much as they compute: then one more than there are cores keeps all of them at work
 */
export async function jestSuite(project, { patterns, path, within = [], env = {}, waits = false }) {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-whm-results-"));
  const file = join(folder, "results.json");
  try {
    const workers = Math.min(mostWorkers, availableParallelism() + (waits ? 1 : 0));
    const flags = ["--ci", "--passWithNoTests", `--maxWorkers=${workers}`, "--json", `--outputFile=${file}`];
    const args = [tool("jest"), "--selectProjects", project, ...flags, ...patterns];
    const { code } = await runJest([...within, process.execPath, ...args], { PATH: path, ...env });
    return judge(project, await readResults(file), code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With --outputFile the results go to the file, and what a person reads goes to standard error as it comes. */
function runJest([command, ...args], environment) {
  // NO_COLOR: what tests compare must not depend on whether a terminal or a CI server looks on.
  const env = { ...environment, NO_COLOR: "1" };
  return run(command, args, { cwd: root, env, echo: true, timeout: longestRun() });
}

async function readResults(file) {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

function judge(project, results, code) {
  if (!results) return failed(`the ${project} suite ended with code ${code} and without results`);
  const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites } = results;
  const skipped = results.numPendingTests + results.numTodoTests;
  const sum = numFailedTests + numRuntimeErrorTestSuites;
  if (code === 0 || sum > 0) return tally(passed, sum, skipped, failuresIn(results));
  const alone = failed(`the ${project} suite ended with code ${code} though every test in it passed`);
  return { ...alone, passed, skipped };
}

function failed(why) {
  console.log(`FAIL ${why}`);
  return tally(0, 1, 0, [why]);
}
