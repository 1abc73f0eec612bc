import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { filesBelow } from "../shared/files-below.mjs";
import { withLock } from "../shared/lock.mjs";
import { root, scratchFolder, tool } from "../shared/paths.mjs";
import { progress } from "../shared/progress.mjs";
import { run } from "../shared/run.mjs";
import { swapFolder } from "../shared/swap-folder.mjs";
import { bundlePackages } from "./bundled-packages.mjs";
import { keepPublicDeclarations } from "./public-declarations.mjs";
import { stripComments } from "./strip-comments.mjs";
import { treeName } from "./tree-name.mjs";

const distFolder = join(root, "dist");
const stampFile = join(scratchFolder, "dist-built-from");

/** Compiles provider/ to dist/ when dist/ was made from other sources. */
export async function build() {
  if (await isUpToDate()) return;
  await withLock(`build-${treeName}`, async () => {
    if (await isUpToDate()) return;
    const shown = progress("Compiling provider/ to dist/");
    const result = await compile();
    shown.end(result.code === 0 ? "done" : "failed");
    if (result.code === 0) return;
    throw new Failure(
      "Failed to compile provider/.",
      result.stdout + result.stderr,
      "Correct the sources named above.",
    );
  });
}

async function isUpToDate() {
  const stamp = await readFile(stampFile, "utf8").catch(() => "");
  const files = await readdir(distFolder).catch(() => []);
  return files.length > 0 && stamp === (await digestOfSources());
}

/** Beside dist/ first, then in its place: a program that starts meanwhile never finds half a package. */
async function compile() {
  const digest = await digestOfSources();
  const fresh = join(scratchFolder, `dist-${process.pid}`);
  await rm(fresh, { recursive: true, force: true });
  const result = await run(process.execPath, [tool("tsc"), "--outDir", fresh], { cwd: root });
  if (result.code === 0) {
    await stripComments(fresh);
    await bundlePackages(fresh);
    await keepPublicDeclarations(fresh);
    await mkdir(scratchFolder, { recursive: true });
    await swapFolder(fresh, distFolder);
    await writeFile(stampFile, digest);
  }
  await rm(fresh, { recursive: true, force: true });
  return result;
}

async function digestOfSources() {
  const sources = await filesBelow(join(root, "provider"));
  const hash = createHash("sha256");
  const scripts = ["build.mjs", "bundled-packages.mjs", "public-declarations.mjs", "strip-comments.mjs"];
  const others = ["tsconfig.json", "package-lock.json", ...scripts.map((name) => join("script/setup", name))];
  for (const file of [...sources.sort(), ...others.map((name) => join(root, name))]) {
    hash.update(`${file}\0`).update(await readFile(file));
  }
  return hash.digest("hex");
}
