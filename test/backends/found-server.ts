import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "..", "..");
const script = join(repository, "script", "setup", "stores", "find.mjs");

/**
 * What set-up finds, or makes once and keeps. Whoever needs it waits for it while tests are declared: whether a test is
 * skipped has to be known by then.
 */
export function foundServer(name: "s3" | "postgresql"): unknown {
  const stdio = ["ignore", "inherit", "inherit", "pipe"] as const;
  const { status, output } = spawnSync(process.execPath, [script, name], {
    cwd: repository,
    stdio: [...stdio],
  });
  if (status !== 0) throw new Error(`${name} was not found: the set-up ended with ${status}`);
  return JSON.parse(String(output[3])) ?? undefined;
}
