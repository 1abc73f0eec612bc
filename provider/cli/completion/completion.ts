import type { Command } from "commander";
import { printLines, type Streams } from "../streams";
import { bashCompletion } from "./bash";
import { completedCommands } from "./completed-commands";
import { fishCompletion } from "./fish";
import { zshCompletion } from "./zsh";

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** A shell whose completion can be written. */
export type Shell = keyof typeof scripts;

/** Prints the completion of a program for a shell. */
export function printCompletion(shell: Shell, program: Command, { output }: Streams): void {
  printLines(output, scripts[shell](completedCommands(program)).trimEnd());
}
