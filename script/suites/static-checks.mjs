import { basename } from "node:path";
import { root, tool } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";
import { duration } from "../shared/duration.mjs";
import { sum, tally } from "./tally.mjs";

const checks = [
  { title: "types fit", command: tool("tsc"), args: ["-p", "tsconfig.check.json", "--noEmit"] },
  { title: "lint finds nothing", command: tool("eslint"), args: ["."] },
  { title: "files are formatted", command: tool("prettier"), args: ["--check", "."] },
  {
    title: "the API reference is complete and up to date",
    command: "script/docs/check-api-pages.mjs",
    args: [],
  },
];

/** What can be said without running anything; each check counts as one test. */
export async function staticChecks() {
  return sum(await Promise.all(checks.map(runCheck)));
}

async function runCheck({ title, command, args }) {
  const result = await run(process.execPath, [command, ...args], { cwd: root, env: { NO_COLOR: "1" } });
  const passed = result.code === 0;
  console.log(
    `${passed ? "PASS" : "FAIL"} ${title} (${basename(command)}, ${duration(result.milliseconds)})`,
  );
  if (!passed) console.log(result.stdout + result.stderr);
  return passed ? tally(1) : tally(0, 1, 0, [title]);
}
