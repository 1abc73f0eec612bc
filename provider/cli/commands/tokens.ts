import { createRequire } from "node:module";
import type { Command } from "commander";
import { examples } from "../examples";
import type { ExitCode } from "../exit-codes";
import type { LookOptions } from "../look/look";
import { addLookOptions } from "../look/look-options";
import type { Surroundings } from "../surroundings";

/** Adds `whm-dns tokens`. */
export function addTokens(
  program: Command,
  surroundings: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  const command = program
    .command("tokens")
    .summary("list the API tokens of the servers and who uses them")
    .description(
      "List the API tokens of the servers: age, expiry, privileges, and which servers store them. Writes nothing. " +
        "Exit code 0: every token works, 1: one has expired or is not known to its server, 3: a server can't be read.",
    );
  addLookOptions(command)
    .addHelpText("after", examples("tokens --connections servers.json", "tokens --stack prod --json"))
    .action(async (options: LookOptions) => finish(await implementation().tokens(options, surroundings)));
}

const load = createRequire(__filename);

/** Loads what looks at servers on use: other commands need neither SSH nor an HTTP client. */
function implementation(): typeof import("../tokens/tokens") {
  return load("../tokens/tokens") as typeof import("../tokens/tokens");
}
