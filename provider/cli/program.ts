import { Command, CommanderError, Option } from "commander";
import { imageThemes, renderFormats } from "../topology";
import { addAdopt } from "./commands/adopt";
import { addAffected } from "./commands/affected";
import { addAudit } from "./commands/audit";
import { addCompletion } from "./commands/completion";
import { addDoctor } from "./commands/doctor";
import { graph, type GraphOptions } from "./commands/graph";
import { rules, type RulesOptions } from "./commands/rules";
import { addSimulate } from "./commands/add-simulate";
import { addStatus } from "./commands/status";
import { addTokens } from "./commands/tokens";
import { validate, type ValidateOptions } from "./commands/validate";
import { examples } from "./examples";
import { exitCodes, type ExitCode } from "./exit-codes";
import { packageVersion } from "./package-version";
import { UsageError } from "./usage-error";
import { printLines, type Streams } from "./streams";
import type { Surroundings } from "./surroundings";

/** Runs the command line and resolves with the exit code. Never rejects. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { streams, debug } = surroundings;
  let code: ExitCode = exitCodes.accepted;
  const program = buildProgram(surroundings, (result) => (code = result));
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.accepted : exitCodes.usage;
    printLines(streams.errors, ...sentencesFor(error, debug));
    return error instanceof UsageError ? exitCodes.usage : exitCodes.unexpected;
  }
}

type Finish = (code: ExitCode) => void;

function buildProgram(surroundings: Surroundings, finish: Finish): Command {
  const { streams } = surroundings;
  const program = newProgram(streams);
  addValidate(program, streams, finish);
  addGraph(program, streams, finish);
  addRules(program, streams, finish);
  addDoctor(program, surroundings, finish);
  addAdopt(program, surroundings, finish);
  addAudit(program, surroundings, finish);
  addAffected(program, surroundings, finish);
  addStatus(program, surroundings, finish);
  addTokens(program, surroundings, finish);
  addSimulate(program, surroundings, finish);
  addCompletion(program, surroundings, finish);
  return program;
}

function newProgram({ output, errors }: Streams): Command {
  return new Command("whm-dns")
    .description(
      "Judge, draw, audit, watch, adopt and simulate DNS clusters of cPanel & WHM and DNSOnly servers.",
    )
    .version(packageVersion(), "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void output.write(text),
      writeErr: (text) => void errors.write(text),
    })
    .showHelpAfterError("`whm-dns --help` lists the commands and options.")
    .addHelpText(
      "after",
      examples("validate cluster.yaml", "graph cluster.yaml --format svg --output cluster.svg"),
    )
    .addHelpText("after", exitCodeLines);
}

const exitCodeLines = [
  "",
  "Exit codes:",
  "  0  done, accepted, or all is well",
  "  1  rejected, or something was found",
  "  2  wrong arguments, or a malformed file",
  "  3  a server can't be read, or whm-dns itself has failed",
].join("\n");

function addValidate(program: Command, streams: Streams, finish: Finish): void {
  program
    .command("validate")
    .summary("judge a topology file")
    .description("Judge a topology file by the link rules. Exit code 0: accepted, 1: rejected, 2: malformed.")
    .argument("<file>", "YAML or JSON; - is standard input")
    .option("--json", "print data only")
    .addOption(markdownOption("verdict, findings, a drawing").conflicts("json"))
    .addHelpText("after", examples("validate cluster.yaml", "validate --json - < cluster.yaml"))
    .action(async (file: string, options: ValidateOptions) => finish(await validate(file, options, streams)));
}

function addGraph(program: Command, streams: Streams, finish: Finish): void {
  program
    .command("graph")
    .summary("draw a topology file")
    .description("Draw a topology file with its findings. A rejected topology is drawn too.")
    .argument("<file>", "YAML or JSON; - is standard input")
    .addOption(new Option("--format <format>", "kind of drawing").choices(renderFormats).default("text"))
    .addOption(markdownOption("verdict, findings, what has changed, a drawing").conflicts("format"))
    .addOption(new Option("--theme <theme>", "colours of an SVG image").choices(imageThemes))
    .option("--before <file>", "show what has changed since this topology; - is standard input")
    .option("--output <file>", "write the drawing there")
    .addHelpText(
      "after",
      examples(
        "graph cluster.yaml",
        "graph cluster.yaml --format mermaid --output cluster.mmd",
        "graph --before old.yaml new.yaml",
        "graph --before old.yaml new.yaml --markdown",
      ),
    )
    .action(async (file: string, options: GraphOptions) => finish(await graph(file, options, streams)));
}

function markdownOption(contents: string): Option {
  return new Option("--markdown", `write a page for a comment: ${contents}`);
}

function addRules(program: Command, streams: Streams, finish: Finish): void {
  program
    .command("rules")
    .summary("show the link rules")
    .description(
      "Show the table of link rules, or one rule or risk: its consequence, an example, how to override it.",
    )
    .argument("[rule]", "id of a rule or a risk")
    .option("--json", "print data only")
    .addHelpText("after", examples("rules", "rules sync-back"))
    .action((id: string | undefined, options: RulesOptions) => finish(rules(id, options, streams)));
}

function sentencesFor(error: unknown, debug: boolean): string[] {
  if (error instanceof UsageError && !debug) return [error.message];
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (debug) return [stack ?? message];
  return [`Something unexpected went wrong: ${message.split("\n")[0]}. WHM_DNS_DEBUG=1 shows where.`];
}
