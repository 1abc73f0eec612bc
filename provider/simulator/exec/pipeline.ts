import { NotSimpleError, splitLine, type Token } from "../words";
import type { ExecResult } from "./program";

/** The program that a command line runs, with its arguments, and what happens to its output. */
export interface CommandText {
  readonly words: readonly string[];
  readonly finish: (printed: ExecResult) => ExecResult;
}

/** A command with its arguments. */
interface SimpleCommand {
  readonly words: readonly string[];
  /** Whether its errors go to its output: `2>&1`. */
  readonly mergesErrors: boolean;
}

/**
 * Parses a command, and those that read the output of the one before.
 *
 * @throws NotSimpleError for more than one pipeline, or anything but a pipeline of simple commands
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

/** Runs a filter. A pipeline ends with the status of its last command. */
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

/** Reads another command's output; returns undefined if its arguments are not simulated. */
type Filter = (words: readonly string[], input: string) => ExecResult | undefined;

/** Simulated text programs of a server, as far as supported here. */
const filters: Readonly<Record<string, Filter>> = { tail };

/** `tail -n NUMBER`. */
function tail([flag, count, ...more]: readonly string[], input: string): ExecResult | undefined {
  if (flag !== "-n" || !/^\d+$/.test(count ?? "") || more.length > 0) return undefined;
  const lines = input.split(/(?<=\n)/);
  return printed(lines.slice(Math.max(0, lines.length - Number(count))));
}

function printed(lines: readonly string[]): ExecResult {
  return { exitCode: 0, stdout: lines.join(""), stderr: "" };
}
