import { createRequire } from "node:module";
import { Argument, type Command } from "commander";
import type { Shell } from "../completion/completion";
import { examples } from "../examples";
import { exitCodes, type ExitCode } from "../exit-codes";
import type { Surroundings } from "../surroundings";

/** Adds `whm-dns completion`. */
export function addCompletion(
  program: Command,
  { streams }: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("completion")
    .summary("print a script that completes commands in a shell")
    .description("Print a script that completes the commands, options and files of whm-dns in a shell.")
    .addArgument(new Argument("<shell>", "shell that reads the script").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", completionExamples)
    .action((shell: Shell) => {
      implementation().printCompletion(shell, program, streams);
      finish(exitCodes.accepted);
    });
}

const completionExamples = [
  examples("completion fish > ~/.config/fish/completions/whm-dns.fish"),
  '  eval "$(whm-dns completion bash)"   # in ~/.bashrc',
  '  eval "$(whm-dns completion zsh)"    # in ~/.zshrc, after compinit',
].join("\n");

const load = createRequire(__filename);

/** Loads what writes the scripts on use. */
function implementation(): typeof import("../completion/completion") {
  return load("../completion/completion") as typeof import("../completion/completion");
}
