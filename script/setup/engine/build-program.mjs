import { Failure } from "../../shared/failure.mjs";
import { run } from "../../shared/run.mjs";

/** What a person does where set-up cannot get the engine. */
export const byHand =
  "Install Pulumi by hand (its website says how), so that `pulumi` is on PATH, and run the command again.";

/**
 * Builds one program from the Go module proxy.
 *
 * @param {{ folder: string, program: string, package: string }} module where its go.mod is, and the package in it
 * @param {{ target: string, shown: object, linkerFlags: string }} options the file to write, and where progress is shown
 */
export async function buildProgram(module, { target, shown, linkerFlags }) {
  const total = await fetchSources(module, shown);
  let compiled = 0;
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
    `Failed to build ${module.program}: go ${verb} ${module.package} ended with ${result.code}.`,
    said,
    byHand,
  );
}
