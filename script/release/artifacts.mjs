import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { billOfMaterials } from "./bill-of-materials.mjs";
import { licencesOfDependencies } from "./licences.mjs";
import { npm } from "./npm.mjs";
import { makeSiteArchive } from "./site-archive.mjs";

/**
 * Makes what is handed out with a release, in a folder of its own.
 *
 * @returns {Promise<string[]>} a line for each file
 */
export async function makeArtifacts(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const [archive] = JSON.parse(await npm("pack", "--json", "--ignore-scripts", "--pack-destination", folder));
  const bill = await billOfMaterials();
  const licences = await licencesOfDependencies();
  await writeFile(join(folder, "sbom.cdx.json"), bill.text);
  await writeFile(join(folder, "third-party-licences.txt"), licences.text);
  const site = await makeSiteArchive(folder, archive.version);
  const names = [archive.filename, site, "sbom.cdx.json", "third-party-licences.txt"];
  const sums = await Promise.all(names.map((name) => sumOf(folder, name)));
  await writeFile(join(folder, "SHA256SUMS"), sums.join(""));
  return [
    `\n${folder}`,
    `  ${archive.filename}: ${archive.files.length} files, ${Math.round(archive.size / 1000)} kB`,
    `  ${site}: the documentation, to serve with any web server`,
    `  sbom.cdx.json: CycloneDX, ${bill.packages} packages`,
    `  third-party-licences.txt: ${licences.inWords}`,
    "  SHA256SUMS",
  ];
}

/** A line as `sha256sum --check` reads it. */
async function sumOf(folder, name) {
  const sum = createHash("sha256").update(await readFile(join(folder, name)));
  return `${sum.digest("hex")}  ${name}\n`;
}
