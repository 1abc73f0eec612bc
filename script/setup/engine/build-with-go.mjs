import { join } from "node:path";
import { Failure } from "../../shared/failure.mjs";
import { madeBeside } from "../../shared/made-beside.mjs";
import { progress } from "../../shared/progress.mjs";
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
  const shown = progress(`Building the Pulumi engine ${version} with Go, once, in a few minutes`);
  try {
    await madeBeside(built, async (fresh) => {
      await buildInto(fresh, shown, version);
      return fresh;
    });
    shown.end(`done, kept in ${built}`);
  } catch (error) {
    shown.end("failed");
    throw error;
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
