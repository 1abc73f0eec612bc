// npm run release -- 0.2.0: changelog section, version, archive, bill of materials, licences, commit and tag, all on this machine.
// `--dry-run` shows them and leaves everything as it was. Nothing is pushed or published.
import { rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { duration } from "./shared/duration.mjs";
import { runMain } from "./shared/failure.mjs";
import { root } from "./shared/paths.mjs";
import { makeArtifacts } from "./release/artifacts.mjs";
import { auditDependencies } from "./release/audit.mjs";
import { commitAndTag, refuseUnclean, refuseUsedTag, restore } from "./release/repository.mjs";
import { requireGreenTests } from "./release/tests.mjs";
import { chosenVersion, parseWords } from "./release/version.mjs";
import { releaseNotes, writeRelease } from "./release/written-files.mjs";

await runMain(async () => {
  const started = performance.now();
  const { wanted, dryRun } = parseWords(process.argv.slice(2));
  await refuseUnclean();
  const version = await chosenVersion(wanted);
  await refuseUsedTag(version);
  const notes = await releaseNotes(version, new Date());
  await requireGreenTests();
  await auditDependencies();
  const folder = join(root, "release", version);
  try {
    await writeRelease(version, notes);
    for (const line of await makeArtifacts(folder)) console.log(line);
    if (dryRun) console.log(`\nThe changelog would get:\n\n${notes.section}`);
    else await commitAndTag(version, notes.section);
  } catch (error) {
    await undo(folder);
    throw error;
  }
  if (dryRun) await undo(folder);
  const took = duration(performance.now() - started);
  console.log(
    dryRun
      ? `\nA dry run: nothing was changed. It took ${took}.`
      : `\nReleased ${version} in ${took}. To hand it out: git push --follow-tags, npm publish ${join("release", version)}/*.tgz`,
  );
});

async function undo(folder) {
  await restore();
  await rm(folder, { recursive: true, force: true });
  await rmdir(dirname(folder)).catch(() => undefined); // Other releases may lie there.
}
