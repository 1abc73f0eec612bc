import { createRequire } from "node:module";
import type { Command } from "commander";
import type { AffectedOptions } from "../affected/affected";
import type { ExitCode } from "../exit-codes";
import { examples } from "../examples";
import type { Surroundings } from "../surroundings";

/** Adds `whm-dns affected`. */
export function addAffected(
  program: Command,
  { streams }: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("affected")
    .summary("list the stacks that a change of the repository affects")
    .description(
      "List the stacks below this folder whose topology, program or configuration differs from a revision of Git. " +
        "A topology that is only written in another way does not count. Exit code 0, also when there are none; 2: no such revision.",
    )
    .requiredOption("--base <revision>", "commit, branch or tag to compare the work tree with")
    .option("--json", "print data only, on one line, for a matrix of jobs")
    .addHelpText("after", examples("affected --base origin/main", "affected --base HEAD^1 --json"))
    .action(async (options: AffectedOptions) => {
      const { affected } = implementation();
      finish(await affected(options, streams));
    });
}

const load = createRequire(__filename);

/** Loads what reads topologies and asks Git on use. */
function implementation(): typeof import("../affected/affected") {
  return load("../affected/affected") as typeof import("../affected/affected");
}
