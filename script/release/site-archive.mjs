import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { run } from "../shared/run.mjs";
import { buildSite } from "../site/build-site.mjs";

/**
 * Makes the site of the documentation as an archive: a folder that any web server serves.
 *
 * @param {string} folder where it belongs
 * @param {string} version of the release
 * @returns {Promise<string>} its name
 */
export async function makeSiteArchive(folder, version) {
  const name = `pulumi-whm-site-${version}.tar.gz`;
  await buildSite(join(folder, "site"));
  const { code, stderr } = await run("tar", ["-czf", name, "site"], { cwd: folder });
  if (code !== 0) throw new Failure(`Failed to pack ${name}.`, stderr, "Correct it, then release again.");
  await rm(join(folder, "site"), { recursive: true });
  return name;
}
