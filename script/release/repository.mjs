import { Failure } from "../shared/failure.mjs";
import { root } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";
import { writtenFiles } from "./written-files.mjs";

/** A release is what a commit holds, so nothing may lie beside it. */
export async function refuseUnclean() {
  const { stdout } = await git("status", "--porcelain");
  if (stdout === "") return;
  throw new Failure(
    "The work tree is not clean.",
    stdout,
    "Commit or remove these files, then release again.",
  );
}

/** A tag that is there would have to be moved. */
export async function refuseUsedTag(version) {
  if (!(await hasTag(version))) return;
  throw new Failure(`There is a tag ${tagOf(version)} already.`, "", "Choose a later version.");
}

/** Whether a version was released from this repository. */
export async function hasTag(version) {
  const { stdout } = await git("tag", "--list", tagOf(version));
  return stdout.trim() !== "";
}

/** Commits the files of the release and tags the commit, with its part of the changelog as the message. */
export async function commitAndTag(version, section) {
  await git("add", ...writtenFiles);
  await git("commit", "--quiet", "--message", `Release ${version}`);
  await git("tag", "--annotate", tagOf(version), "--cleanup", "verbatim", "--message", section);
}

/** Puts the files of a release back. */
export async function restore() {
  await git("checkout", "--quiet", "HEAD", "--", ...writtenFiles);
}

function tagOf(version) {
  return `v${version}`;
}

async function git(...words) {
  const result = await run("git", words, { cwd: root });
  if (result.code === 0) return result;
  throw new Failure(`Failed to run git ${words[0]}.`, result.stderr, "Correct it, then release again.");
}
