import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { root, scratchFolder, tool } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";
import { swapFolder } from "../shared/swap-folder.mjs";
import { drawnPages } from "./drawn-pages.mjs";
import { sitePages } from "./site-pages.mjs";

/** Where the site lies. */
export const siteFolder = join(root, "site");

/**
 * Makes the site. A link that leads nowhere and a warning of the generator are failures.
 *
 * @param {string} [place] where it belongs
 * @returns {Promise<string>} that place
 */
export async function buildSite(place = siteFolder) {
  await mkdir(scratchFolder, { recursive: true });
  // Below node_modules the generator finds its own packages.
  const work = await mkdtemp(join(scratchFolder, "site-"));
  try {
    await writePages(work);
    const args = [tool("vitepress"), "build", work, "--outDir", join(work, "made")];
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd: work, env: { NO_COLOR: "1" } });
    const said = stdout + stderr;
    if (code !== 0 || /warn|deprecat/i.test(said)) {
      throw new Failure("The site was not made without warnings.", said, "Correct the pages named above.");
    }
    await swapFolder(join(work, "made"), place);
    return place;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function writePages(work) {
  const { pages, pictures } = await drawnPages(await sitePages());
  for (const [path, text] of pages) await write(join(work, path), text);
  for (const [name, text] of pictures) await write(join(work, "public", "drawings", name), text);
  await cp(join(root, "docs/pictures"), join(work, "docs/pictures"), { recursive: true });
  await mkdir(join(work, ".vitepress"));
  await cp(join(root, "script", "site", "settings.mjs"), join(work, ".vitepress", "config.mjs"));
}

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
