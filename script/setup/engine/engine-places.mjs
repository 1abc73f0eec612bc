import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, root } from "../../shared/paths.mjs";

/** The oldest engine that this package works with: from here on exit codes tell a rejected plan from a crash. */
export const oldestVersion = "3.227.0";

/** The Go modules that the engine is built from, and the package of each that becomes a program. */
export const modules = {
  cli: {
    folder: join(root, "tools", "engine", "cli"),
    program: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  },
  languageHost: {
    folder: join(root, "tools", "engine", "language-host"),
    program: "pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
  policyHost: {
    folder: join(root, "tools", "engine", "cli"),
    program: "pulumi-language-nodejs",
    package: "./policy-host",
  },
};

/** The engine's version, said once: in the go.mod of tools/engine/cli. */
export async function engineVersion() {
  const text = await readFile(join(modules.cli.folder, "go.mod"), "utf8");
  const [, version] = /github\.com\/pulumi\/pulumi\/pkg\/v3 v([\d.]+)/.exec(text) ?? [];
  if (!version)
    throw new Error("tools/engine/cli/go.mod requires no version of github.com/pulumi/pulumi/pkg/v3");
  return version;
}

/** Where engines are kept. The version is part of the name, so that a newer one does not find an older one. */
export async function enginePlaces() {
  const version = await engineVersion();
  const download = join(cacheFolder, `official-v${version}`);
  return {
    version,
    built: join(cacheFolder, `engine-v${version}`),
    downloaded: { root: download, bin: join(download, "bin") },
  };
}
