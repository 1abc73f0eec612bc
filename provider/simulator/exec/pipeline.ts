import { NotSimpleError, splitLine, type Token } from "../words";
import { filters } from "./filters";
import type { ExecResult } from "./program";

/** The program that a command line runs, with its arguments, and what becomes of what it leaves behind. */
export interface CommandText {
  readonly words: readonly string[];
  readonly finish: (printed: ExecResult) => ExecResult;
}

/** A command with its arguments. */
interface SimpleCommand {
  readonly words: readonly string[];
  /** Whether its errors go where its output goes: `2>&1`. */
  readonly mergesErrors: boolean;
}

/**
 * A command, and those that read what the one before them has printed.
 *
 * @throws NotSimpleError for more than one pipeline, or what is more than a pipeline of simple commands
 */
export function readPipeline(line: string): CommandText {
  const [pipeline = [], ...rest] = split(splitLine(line), ";");
  if (rest.length > 0) throw new NotSimpleError("not a simple command: unexpected ;");
  const [program = { words: [], mergesErrors: false }, ...filtering] = split(pipeline, "|").map(readCommand);
  return {
    words: program.words,
    finish: (printed) => filtering.reduce(passThrough, merged(program, printed)),
  };
}

/** A pipeline ends as its last command does. */
function passThrough(before: ExecResult, command: SimpleCommand): ExecResult {
  const { stdout, stderr, exitCode } = runFilter(command, before.stdout);
  return { stdout, stderr: before.stderr + stderr, exitCode };
}

function runFilter(command: SimpleCommand, input: string): ExecResult {
  const [name = "", ...words] = command.words;
  const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
  const result = filter?.(words, input) ?? {
    exitCode: 127,
    stdout: "",
    stderr: "bash: this filter is not simulated\n",
  };
  return merged(command, result);
}

function merged({ mergesErrors }: SimpleCommand, { stdout, stderr, exitCode }: ExecResult): ExecResult {
  return mergesErrors ? { stdout: stdout + stderr, stderr: "", exitCode } : { stdout, stderr, exitCode };
}

function readCommand(tokens: readonly Token[]): SimpleCommand {
  const words = tokens.flatMap((token) => ("word" in token ? [token.word] : []));
  return { words, mergesErrors: words.length < tokens.length };
}

function split(tokens: readonly Token[], at: ";" | "|"): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if ("operator" in token && token.operator === at) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
