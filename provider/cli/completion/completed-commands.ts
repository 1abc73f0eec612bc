import type { Argument, Command, Option } from "commander";
import { risks, rules } from "../../topology";

/** What a shell can suggest for a value: paths, some words, or nothing. */
export type Suggestion = "file" | "folder" | "nothing" | readonly string[];

/** An option as a shell completes it. */
export interface CompletedOption {
  /** With its dashes. */
  readonly flag: string;
  readonly summary: string;
  /** What its value can be; absent if it takes none. */
  readonly value?: Suggestion;
  /** Whether it can be given several times. */
  readonly repeats: boolean;
}

/** An argument as a shell completes it. */
export interface CompletedArgument {
  readonly name: string;
  readonly required: boolean;
  readonly value: Suggestion;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** Its words after `whm-dns`, separated by blanks; empty for `whm-dns` itself. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly arguments: readonly CompletedArgument[];
  readonly commands: readonly CompletedCommand[];
}

/** Returns a command and all below it: exactly the commands and options that `--help` lists. */
export function completedCommands(command: Command, path = ""): CompletedCommand[] {
  const help = command.createHelp();
  const below = help
    .visibleCommands(command)
    .map((each) => completedCommands(each, `${path} ${each.name()}`.trim()));
  const own: CompletedCommand = {
    path,
    name: command.name(),
    summary: command.summary() || command.description(),
    options: help.visibleOptions(command).map(completedOption),
    arguments: command.registeredArguments.map(completedArgument),
    commands: below.map(([first]) => first!),
  };
  return [own, ...below.flat()];
}

function completedOption(option: Option): CompletedOption {
  const { long, flags, description, variadic } = option;
  const common = { flag: long ?? flags, summary: description, repeats: variadic };
  if (option.isBoolean()) return common;
  const placeholder = /[<[]([\w-]+)/.exec(flags)?.[1] ?? "";
  return { ...common, value: suggestion(placeholder, option.argChoices) };
}

function completedArgument(argument: Argument): CompletedArgument {
  const name = argument.name();
  return { name, required: argument.required, value: suggestion(name, argument.argChoices) };
}

/** What placeholders of `--help` stand for. Choices that the parser knows go before these. */
const placeholders: ReadonlyMap<string, Suggestion> = new Map<string, Suggestion>([
  ["file", "file"],
  ["topology", "file"],
  ["folder", "folder"],
  ["rule", [...rules, ...risks].map(({ id }) => id)],
]);

function suggestion(placeholder: string, choices: readonly string[] | undefined): Suggestion {
  return choices ?? placeholders.get(placeholder) ?? "nothing";
}
