import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { root } from "../shared/paths.mjs";
import { npm } from "./npm.mjs";

/** What a release changes. */
export const writtenFiles = ["CHANGELOG.md", "package.json", "package-lock.json"];

const unreleased = "## [Unreleased]";

/**
 * The part of the changelog that is released: what stands under Unreleased.
 *
 * @returns {Promise<{ section: string, changelog: string }>} that part with its new heading, and the whole new text
 */
export async function releaseNotes(version, date) {
  const text = await readFile(join(root, "CHANGELOG.md"), "utf8");
  const [before, rest] = text.split(`${unreleased}\n`);
  const end = rest?.search(/^## \[/m) ?? -1;
  const changes = (end < 0 ? rest : rest?.slice(0, end))?.trim() ?? "";
  if (changes === "") {
    throw new Failure("CHANGELOG.md has nothing under Unreleased.", "", "Write what has changed for users.");
  }
  const section = `## [${version}] - ${date.toISOString().slice(0, 10)}\n\n${changes}\n`;
  const older = end < 0 ? "" : `\n${rest.slice(end)}`;
  return { section, changelog: `${before}${unreleased}\n\n${section}${older}` };
}

/** Writes the changelog and the version. */
export async function writeRelease(version, { changelog }) {
  await writeFile(join(root, "CHANGELOG.md"), changelog);
  await npm("version", version, "--no-git-tag-version", "--allow-same-version", "--ignore-scripts");
}
