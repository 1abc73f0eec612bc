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
      new Option(
        "--zones <names...>",
        "compare the serials of these zones in all files, and in what the nameservers answer; can be repeated",
      )
        .argParser(addZones)
        .default([], "none"),
    )
    .addOption(
      new Option("--expires-within <days>", "warn of tokens that expire within this number of days")
        .argParser(days)
        .default(30),
    )
    .option(
      "--reach",
      "call each member from the server that stores it, with the stored token, and show who reaches whom",
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
        "status --connections servers.yaml --zones example.com example.net",
        "status --stack prod --reach",
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

/** Adds zones, separated by blanks or commas. */
function addZones(text: string, before: readonly string[]): string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0) throw notAZone();
  return [...new Set([...before, ...words.map(zoneOf)])];
}

/** Returns the name of a zone's file, which is in lower case and without a dot at the end. */
function zoneOf(word: string): string {
  const name = domainToASCII(word.replace(/\.$/, "")).toLowerCase();
  if (!zoneName.test(name)) throw notAZone();
  return name;
}

const notAZone = (): InvalidArgumentError =>
  new InvalidArgumentError("It must be the name of a zone such as example.com, or several.");

function days(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 3650) return number;
  throw new InvalidArgumentError("It must be a whole number of days from 0 to 3650.");
}
