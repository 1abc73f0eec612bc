import { createRequire } from "node:module";
import type { Command } from "commander";
import type { ExitCode } from "../exit-codes";
import type { LookOptions } from "../look/look";
import { addLookOptions } from "../look/look-options";
import type { Surroundings } from "../surroundings";
import { examples } from "../examples";

/** Adds `whm-dns doctor`. */
export function addDoctor(
  program: Command,
  surroundings: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  const command = program
    .command("doctor")
    .summary("check the connections to the servers")
    .description(
      "Check this machine and each server: whether it can be reached, what runs there, and whether its credentials " +
        "suffice. Each failure comes with its cure. Writes nothing. Exit code 0: all is well, 1: something is wrong, " +
        "3: a server can't be read.",
    );
  addLookOptions(command)
    .addHelpText("after", examples("doctor --connections servers.json", "doctor --stack prod --json"))
    .action(async (options: LookOptions) => finish(await implementation().doctor(options, surroundings)));
}

const load = createRequire(__filename);

/** Loads what the command does. Other commands need neither SSH nor an HTTP client. */
function implementation(): typeof import("../doctor/doctor") {
  return load("../doctor/doctor") as typeof import("../doctor/doctor");
}
