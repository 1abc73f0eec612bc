import { createRequire } from "node:module";
import type { Command } from "commander";
import type { AdoptOptions } from "../adopt/adopt-options";
import type { ExitCode } from "../exit-codes";
import { examples } from "../examples";
import { atOnceOption } from "../look/look-options";
import type { Surroundings } from "../surroundings";

const load = createRequire(__filename);

/** Adds the command that brings a running cluster under management. */
export function addAdopt(
  program: Command,
  surroundings: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("adopt")
    .summary("bring a running cluster under management")
    .description(
      "Read a running cluster and write a program that declares it. With --stack, bring it into that stack. Changes nothing on any server.",
    )
    .requiredOption("--out <folder>", "folder for the program")
    .option("--connections <file>", "servers and how to reach them, as in whm:servers; - is standard input")
    .option(
      "--from <server>",
      "discover the others from this one: a name in the connections, or [user@]host[:port]",
    )
    .option("--same-login", "log in to discovered servers as to that one")
    .option("--stack <name>", "bring the cluster into this stack")
    .option("--owned", "let destroy remove what was adopted")
    .option("--claim", "write claims for what the stack has adopted, and do nothing else")
    .addOption(atOnceOption())
    .option("--json", "print data only")
    .addHelpText(
      "after",
      examples(
        "adopt --connections servers.yaml --out dns --stack prod",
        "adopt --from root@web1.example.com --same-login --out dns",
        "adopt --claim --out dns --stack prod",
      ),
    )
    .action(async (options: AdoptOptions) => {
      // Loaded on use: it loads SSH and the engine's library.
      const { adopt } = load("../adopt/adopt") as typeof import("../adopt/adopt");
      const { claim } = load("../adopt/claim") as typeof import("../adopt/claim");
      finish(await (options.claim ? claim : adopt)(options, surroundings));
    });
}
