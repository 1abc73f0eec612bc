import { link, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "../../shared/lock.mjs";
import { progress } from "../../shared/progress.mjs";
import { buildProgram } from "./build-program.mjs";
import { modules } from "./engine-places.mjs";

// The language host that the Go module proxy has is too old to start policy packs. A small program of our own takes its
// place and its name; the host itself stays beside it under this one. tools/engine/cli/policy-host says the same name.
const programHost = "nodejs-program-host";

/** Makes an engine that was built before there was a policy host able to start policy packs. */
export async function completeBuiltEngine(folder) {
  if (await hasPolicyHost(folder)) return;
  await withLock("policy-host", async () => {
    if (await hasPolicyHost(folder)) return; // The process that held the lock has done it.
    const shown = progress("Building the host of policy packs with Go, once");
    await putPolicyHost(folder, shown).catch((error) => {
      shown.end("failed");
      throw error;
    });
    shown.end("done");
  });
}

/** Builds the policy host and puts it before the language host; runs that are under way do not notice. */
export async function putPolicyHost(folder, shown) {
  const place = join(folder, modules.languageHost.program);
  const beside = `${place}.${process.pid}`;
  await buildProgram(modules.policyHost, { target: beside, shown, linkerFlags: "-s -w" });
  await link(place, join(folder, programHost)).catch((error) => {
    if (error.code !== "EEXIST") throw error; // A set-up that was broken off had come as far as this.
  });
  await rename(beside, place);
}

/** Two names of one file: a set-up was broken off between its last two steps. */
async function hasPolicyHost(folder) {
  const inodeOf = (name) =>
    stat(join(folder, name)).then(
      ({ ino }) => ino,
      () => undefined,
    );
  const host = await inodeOf(programHost);
  return host !== undefined && host !== (await inodeOf(modules.languageHost.program));
}
