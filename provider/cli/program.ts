import { Argument, Command, CommanderError, Option } from "commander";
import { MalformedError, TopologyError } from "../index";
import { graph } from "./commands/graph";
import { rules } from "./commands/rules";
import { simulate } from "./commands/simulate";
import { validate } from "./commands/validate";
import { exitCodes, type ExitCode, type Streams } from "./streams";
import { UsageError } from "./usage-error";

/** Runs a command line and returns its exit code. Nothing is thrown: what goes wrong is printed as a sentence. */
export async function run(words: readonly string[], version: string, streams: Streams): Promise<number> {
  let code: ExitCode = exitCodes.accepted;
  const program = build(version, streams, (ended) => (code = ended));
  try {
    await program.parseAsync([...words], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.accepted : exitCodes.unusable;
    streams.err(`${sentenceOf(error)}\n`);
    return exitCodes.unusable;
  }
}

function build(version: string, streams: Streams, end: (code: ExitCode) => void): Command {
  const program = new Command("whm-dns")
    .description("Judges and draws cPanel & WHM DNS clusters, and simulates their servers.")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.out(text), writeErr: (text) => streams.err(text) })
    .showSuggestionAfterError()
    .addHelpText("after", examples);
  const file = () => new Argument("<file>", "topology as YAML or JSON; - is standard input");
  program
    .command("validate")
    .description("judge a topology: exit code 0 accepted, 1 rejected, 2 unreadable or malformed")
    .addArgument(file())
    .option("--json", "print data only")
    .action(async (name: string, options: { json?: boolean }) => end(await validate(name, options, streams)));
  program
    .command("graph")
    .description("draw a topology with what the rules find")
    .addArgument(file())
    .addOption(
      new Option("--format <format>", "how").choices(["text", "mermaid", "dot", "svg"]).default("text"),
    )
    .option("--output <file>", "write to a file")
    .action(async (name: string, options: Parameters<typeof graph>[1]) =>
      end(await graph(name, options, streams)),
    );
  program
    .command("rules")
    .description("print the link rules, or the whole story of one")
    .argument("[id]", "id of a rule")
    .option("--json", "print data only")
    .action((id: string | undefined, options: { json?: boolean }) => end(rules(id, options, streams)));
  program
    .command("simulate")
    .description("run simulated servers on this machine until interrupted")
    .option("--topology <file>", "one server for each in this topology (default: web1, ns1 and ns2)")
    .option("--out <file>", "write the provider's `servers` value there, readable by its owner only")
    .action(async (options: Parameters<typeof simulate>[0]) => end(await simulate(options, streams)));
  return program;
}

const examples = `
Examples:
  whm-dns validate cluster.yaml
  whm-dns graph cluster.yaml --format svg --output cluster.svg
  whm-dns rules nameserver-link
  whm-dns simulate --topology cluster.yaml --out servers.json`;

/** A user's mistake is its sentence; anything else is one too, and its stack is for those who ask for it. */
function sentenceOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof MalformedError || error instanceof TopologyError)
    return error.message;
  const unexpected = error instanceof Error ? error : new Error(String(error));
  if (process.env["WHM_DNS_DEBUG"] === "1") return unexpected.stack ?? unexpected.message;
  return `Failed: ${unexpected.message}. Set WHM_DNS_DEBUG=1 to see where.`;
}
