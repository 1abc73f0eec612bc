import { NotSimpleError, splitLine, type Token } from "../words";
import { filters } from "./filters";
import type { ExecResult } from "./program";

/** A command with its arguments. */
export interface SimpleCommand {
  readonly words: readonly string[];
  /** Whether its errors go where its output goes: `2>&1`. */
  readonly mergesErrors: boolean;
}

/** A command, and those that read what the one before them has printed. */
export interface Pipeline {
  readonly program: SimpleCommand;
  readonly filters: readonly SimpleCommand[];
  /** Whether the failure of any of them counts, not only the last one's: `set -o pipefail;` before it. */
  readonly failsAsOne: boolean;
}

/** @throws NotSimpleError for more than one pipeline, or what is more than a pipeline of simple commands */
export function readPipeline(line: string): Pipeline {
  const [first, ...more] = split(splitLine(line), ";");
  const failsAsOne = isPipefail(first ?? []);
  const [pipeline, ...rest] = failsAsOne ? more : [first, ...more];
  if (rest.length > 0) throw new NotSimpleError("not a simple command: unexpected ;");
  const [program, ...filtering] = split(pipeline ?? [], "|").map(readCommand);
  return { program: program ?? { words: [], mergesErrors: false }, filters: filtering, failsAsOne };
}

/** What is left when the filters have read what a program has printed. */
export function passThrough(pipeline: Pipeline, printed: ExecResult): ExecResult {
  return pipeline.filters.reduce(
    (before, command) => {
      const { stdout, stderr, exitCode } = runFilter(command, before.stdout);
      const failed = exitCode === 0 && pipeline.failsAsOne ? before.exitCode : exitCode;
      return { stdout, stderr: before.stderr + stderr, exitCode: failed };
    },
    merged(pipeline.program, printed),
  );
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

function isPipefail(tokens: readonly Token[]): boolean {
  return readCommand(tokens).words.join(" ") === "set -o pipefail";
}

function split(tokens: readonly Token[], at: ";" | "|"): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if ("operator" in token && token.operator === at) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
