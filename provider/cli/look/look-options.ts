import { InvalidArgumentError, Option, type Command } from "commander";

/** Adds the options that all commands share which look at servers. */
export function addLookOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--connections <file>",
        "servers and how to reach them, as in whm:servers; - is standard input",
      ).conflicts("stack"),
    )
    .option("--stack <name>", "take the servers from this stack; run it in the program's folder")
    .addOption(atOnceOption())
    .option("--json", "print data only");
}

/** The option that says how many servers are looked at at the same time. */
export function atOnceOption(): Option {
  return new Option("--at-once <number>", "number of servers to look at at the same time")
    .argParser(wholeNumber)
    .default(8);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 1000) return number;
  throw new InvalidArgumentError("It must be a whole number from 1 to 1000.");
}
