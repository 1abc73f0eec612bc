import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../shared/failure.mjs";
import { cacheFolder } from "../../shared/paths.mjs";
import { progress } from "../../shared/progress.mjs";
import { swapFolder } from "../../shared/swap-folder.mjs";
import { buildProgram, byHand } from "./build-program.mjs";
import { engineIn } from "./engine-in.mjs";
import { enginePlaces, modules } from "./engine-places.mjs";
import { goVersion } from "./go-version.mjs";
import { putPolicyHost } from "./policy-host.mjs";

const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Builds the engine from the Go module proxy, for machines that cannot download it, and keeps it in the cache. */
export async function buildWithGo() {
  const { version, built } = await enginePlaces();
  if (!(await goVersion())) {
    const what = `The Pulumi engine ${version} is neither on PATH nor to be downloaded, and Go, to build it, is not there.`;
    throw new Failure(what, "", `${byHand}\nOr install Go: it builds the engine in a few minutes.`);
  }
  const fresh = await mkdtemp(join(cacheFolder, "build-"));
  const shown = progress(`Building the Pulumi engine ${version} with Go, once, in a few minutes`);
  try {
    await buildInto(fresh, shown, version);
    await swapFolder(fresh, built);
    shown.end(`done, kept in ${built}`);
  } catch (error) {
    shown.end("failed");
    throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return engineIn(built);
}

async function buildInto(folder, shown, version) {
  const { cli, languageHost } = modules;
  const targetOf = ({ program }) => join(folder, program);
  const naming = `-s -w -X ${versionVariable}=v${version}`;
  await buildProgram(cli, { target: targetOf(cli), shown, linkerFlags: naming });
  await buildProgram(languageHost, { target: targetOf(languageHost), shown, linkerFlags: "-s -w" });
  await putPolicyHost(folder, shown);
}
