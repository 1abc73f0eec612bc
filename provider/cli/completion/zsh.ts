import type { CompletedArgument, CompletedCommand, CompletedOption, Suggestion } from "./completed-commands";
import { singleQuoted } from "./steps";

/** Returns the completion for zsh: one function for each command, the first of them for `whm-dns` itself. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef whm-dns
# Completes whm-dns in zsh. Written by \`whm-dns completion zsh\`.
${commands.map(functionFor).join("\n")}
# Called by zsh where it is a file of fpath, else read by a start-up file.
if [[ "$funcstack[1]" == "_whm-dns" ]]; then
  _whm-dns "$@"
else
  compdef _whm-dns whm-dns
fi
`;
}

function functionFor(command: CompletedCommand): string {
  const options = command.options.map(optionSpec);
  const body =
    command.commands.length > 0
      ? groupBody(command, options)
      : argumentsCall([...options, ...command.arguments.map(argumentSpec)]);
  return `${functionName(command.path)}() {\n${body}\n}`;
}

function functionName(path: string): string {
  return ["_whm-dns", ...path.split(" ").filter(Boolean)].join("-");
}

function groupBody({ commands }: CompletedCommand, options: readonly string[]): string {
  const described = commands.map(({ name, summary }) => `    ${singleQuoted(`${name}:${summary}`)}`);
  const calls = commands.map(({ name, path }) => `        ${name}) ${functionName(path)} ;;`);
  return `  local curcontext="$curcontext" state line
  local -A opt_args
  local -a subcommands=(
${described.join("\n")}
  )
${argumentsCall([...options, "'1: :->command'", "'*:: :->words'"], "-C")}
  case "$state" in
    command) _describe -t commands command subcommands ;;
    words)
      case "$line[1]" in
${calls.join("\n")}
      esac ;;
  esac`;
}

function argumentsCall(specs: readonly string[], ...switches: readonly string[]): string {
  return `  ${["_arguments", ...switches, ...specs].join(" \\\n    ")}`;
}

function optionSpec({ flag, summary, value, repeats }: CompletedOption): string {
  const star = repeats ? "*" : "";
  const explained = `[${escaped(summary)}]`;
  if (value === undefined) return singleQuoted(`${star}${flag}${explained}`);
  return singleQuoted(`${star}${flag}=${explained}:${flag.slice(2)}:${action(value)}`);
}

function argumentSpec({ name, required, value }: CompletedArgument, at: number): string {
  return singleQuoted(`${at + 1}${required ? ":" : "::"}${name}:${action(value)}`);
}

function action(value: Suggestion): string {
  if (value === "file") return "_files";
  if (value === "folder") return "_files -/";
  return value === "nothing" ? " " : `(${value.join(" ")})`;
}

/** Escapes what ends an explanation in a specification of `_arguments`. */
function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, String.raw`\$&`);
}
