import { InvalidArgumentError, Option, type Command } from "commander";
import { createRequire } from "node:module";
import { domainToASCII } from "node:url";
import type { ExitCode } from "../exit-codes";
import { examples } from "../examples";
import { addLookOptions } from "../look/look-options";
import type { StatusOptions } from "../status/status";
import type { Surroundings } from "../surroundings";

/** Declares `whm-dns status`. */
export function addStatus(
  program: Command,
  surroundings: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  const command = program
    .command("status")
    .summary("show the health of a running cluster")
    .description(
      "Read servers and show what is wrong with their DNS cluster: disabled members, waiting requests, tokens that expire, zones that nameservers lack, software that differs. Exit code 0: well, 1: something was found, 3: something could not be read.",
    );
  addLookOptions(command)
    .addOption(
      new Option("--zone <name>", "compare the serials of this zone on all servers; can be repeated")
        .argParser(addZone)
        .default([], "none"),
    )
    .addOption(
      new Option("--expires-within <days>", "warn of tokens that expire within this number of days")
        .argParser(days)
        .default(30),
    )
    .addOption(new Option("--prometheus", "print metrics for Prometheus").conflicts("json"))
    .addOption(
      new Option("--nagios", "print one line, and exit with 0, 1, 2 or 3, as a Nagios plugin").conflicts([
        "json",
        "prometheus",
      ]),
    )
    .addHelpText(
      "after",
      examples(
        "status --connections servers.yaml --zone example.com",
        "status --stack prod --expires-within 60 --json",
      ),
    )
    .action(async (options: StatusOptions) => {
      const { status } = implementation();
      finish(await status(options, surroundings));
    });
}

const load = createRequire(__filename);

/** Loads what looks at servers on use: commands that only read files need no SSH and no HTTP client. */
function implementation(): typeof import("../status/status") {
  return load("../status/status") as typeof import("../status/status");
}

const zoneName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/** Adds a zone by the name of its file, which is in lower case and without a dot at the end. */
function addZone(text: string, before: readonly string[]): string[] {
  const name = domainToASCII(text.replace(/\.$/, "")).toLowerCase();
  if (!zoneName.test(name))
    throw new InvalidArgumentError("It must be the name of a zone such as example.com.");
  return [...new Set([...before, name])];
}

function days(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 3650) return number;
  throw new InvalidArgumentError("It must be a whole number of days from 0 to 3650.");
}
