import type { CompletedCommand, Suggestion } from "./completed-commands";

// A step is a command's path and one word more. Shells that know no commands follow the words of a line by steps.

/** An option that takes a value, after the path of its command. */
export interface OptionStep {
  readonly step: string;
  readonly value: Suggestion;
}

/** Returns the paths of all commands below `whm-dns`. */
export function commandPaths(commands: readonly CompletedCommand[]): string[] {
  return commands.map(({ path }) => path).filter((path) => path !== "");
}

/** Returns all options whose next word is their value. */
export function optionsWithValues(commands: readonly CompletedCommand[]): OptionStep[] {
  return commands.flatMap(({ path, options }) =>
    options.flatMap(({ flag, value }) =>
      value === undefined ? [] : [{ step: `${path} ${flag}`.trim(), value }],
    ),
  );
}

/** Returns what can follow a command besides its options, by how many arguments it has been given. */
export function stepsTo({ commands, arguments: given }: CompletedCommand): readonly Suggestion[] {
  return commands.length > 0 ? [commands.map(({ name }) => name)] : given.map(({ value }) => value);
}

/** Quotes a text for bash and zsh. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
