import { copyFile, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../shared/paths.mjs";
import { run } from "../../shared/run.mjs";
import { modules } from "./engine-places.mjs";

/** What starts the process of a dynamic provider; it ships with the SDK. */
const launcher = "pulumi-resource-pulumi-nodejs";

/**
 * The engine in a folder of the cache, or nothing when there is none or it does not run here.
 *
 * @returns {Promise<{ folder: string, version: string } | undefined>}
 */
export async function engineIn(folder) {
  if (!(await hasPrograms(folder))) return undefined;
  const version = await versionOf(join(folder, "pulumi"));
  if (!version) return undefined;
  await putLauncher(folder);
  return { folder, version };
}

/** The version that a `pulumi` program says it has, or nothing when it cannot be run. */
export async function versionOf(program) {
  const result = await run(program, ["version"], {
    env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: 30_000,
  });
  const [, version] = /^v?(\d+\.\d+\.\d+\S*)/.exec(result.stdout.trim()) ?? [];
  return result.code === 0 ? version : undefined;
}

async function hasPrograms(folder) {
  const programs = Object.values(modules).map(({ program }) => stat(join(folder, program)));
  return Promise.all(programs).then(
    () => true,
    () => false,
  );
}

/** A plugin counts as bundled, and gets no warning at every run, when it lies beside the engine. */
async function putLauncher(folder) {
  const source = join(root, "node_modules", "@pulumi", "pulumi", launcher);
  const place = join(folder, launcher);
  const [wanted, present] = await Promise.all([readFile(source), readFile(place).catch(() => undefined)]);
  if (present?.equals(wanted)) return;
  const beside = `${place}.${process.pid}`;
  await copyFile(source, beside);
  await rename(beside, place);
}
