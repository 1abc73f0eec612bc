// Fails when docs/api is not what `npm run docs` would write, or when a doc comment is missing or leads nowhere.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Failure, runMain } from "../shared/failure.mjs";
import { filesBelow } from "../shared/files-below.mjs";
import { root } from "../shared/paths.mjs";
import { writeApiPages } from "./api-pages.mjs";

await runMain(async () => {
  const fresh = await mkdtemp(join(tmpdir(), "pulumi-whm-api-"));
  try {
    await writeApiPages(fresh);
    const stale = differing(await pagesIn(fresh), await pagesIn(join(root, "docs", "api")));
    if (stale.length === 0) return;
    throw new Failure("docs/api is stale:", stale.join("\n"), "Run npm run docs.");
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
});

/** Texts by path. */
async function pagesIn(folder) {
  const files = await filesBelow(folder).catch(() => []);
  const pages = files.map(async (file) => [relative(folder, file), await readFile(file, "utf8")]);
  return new Map(await Promise.all(pages));
}

function differing(one, other) {
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths].filter((path) => one.get(path) !== other.get(path)).sort();
}
