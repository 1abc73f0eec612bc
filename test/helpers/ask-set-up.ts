import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "..", "..");

/**
 * What a script of set-up finds, or makes once and keeps. Whoever needs it waits for it while tests are declared: whether a
 * test is skipped has to be known by then. What it shows meanwhile is shown.
 *
 * @param script its path below script/setup
 * @returns what it answers; undefined for nothing
 */
export function askSetUp(script: string, ...words: string[]): unknown {
  const { status, output } = spawnSync(process.execPath, [join("script", "setup", script), ...words], {
    cwd: repository,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  if (status !== 0) throw new Error(`script/setup/${script} ended with ${status}`);
  return JSON.parse(String(output[3])) ?? undefined;
}
