import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../shared/failure.mjs";
import { cacheFolder } from "../../shared/paths.mjs";
import { progress } from "../../shared/progress.mjs";
import { run } from "../../shared/run.mjs";
import { swapFolder } from "../../shared/swap-folder.mjs";
import { engineIn } from "./engine-in.mjs";
import { enginePlaces, modules } from "./engine-places.mjs";
import { goVersion } from "./go-version.mjs";

const byHand =
  "Install Pulumi by hand (its website says how), so that `pulumi` is on PATH, and run the command again.";
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
    await buildProgram(modules.cli, { fresh, shown, linkerFlags: `-s -w -X ${versionVariable}=v${version}` });
    await buildProgram(modules.languageHost, { fresh, shown, linkerFlags: "-s -w" });
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

async function buildProgram(module, { fresh, shown, linkerFlags }) {
  const total = await fetchSources(module, shown);
  let compiled = 0;
  const target = join(fresh, module.program);
  await go(module, ["build", "-v", "-o", target, "-ldflags", linkerFlags, module.package], (line) => {
    compiled += 1;
    shown.now(`${module.program}, package ${compiled} of at most ${total}, ${line}`);
  });
}

/** Listing the packages downloads exactly the modules that are needed; `go mod download` would fetch all that are named. */
async function fetchSources(module, shown) {
  let downloads = 0;
  const { stdout } = await go(module, ["list", "-deps", module.package], (line) => {
    if (!line.startsWith("go: downloading ")) return;
    downloads += 1;
    shown.now(`${module.program}, source ${downloads}, ${line.replace("go: downloading ", "")}`);
  });
  return stdout.trim().split("\n").length;
}

async function go(module, args, onLine) {
  // GOWORK: a workspace above the clone must not change what is built. CGO_ENABLED: nothing here needs a C compiler.
  const env = { GOWORK: "off", CGO_ENABLED: "0" };
  const [verb, ...rest] = args;
  const result = await run("go", [verb, "-mod=readonly", ...rest], { cwd: module.folder, env, onLine });
  if (result.code === 0) return result;
  const said = result.stderr.split("\n").slice(-20).join("\n");
  throw new Failure(
    `Failed to build the Pulumi engine: go ${verb} ${module.package} ended with ${result.code}.`,
    said,
    byHand,
  );
}
