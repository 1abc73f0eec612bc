import { createColors } from "picocolors";

/** Where text goes. */
export interface TextSink {
  write(text: string): unknown;
}

/** Streams that a command reads and writes. Commands don't know the process. */
export interface Streams {
  /** Standard input, read only if the file is `-`. */
  readonly input: AsyncIterable<Uint8Array | string>;
  /** Results: what a user asked for. */
  readonly output: TextSink;
  /** Everything else: mistakes, progress. */
  readonly errors: TextSink;
  /** Colours for `output`; plain if it is not a terminal. */
  readonly colours: Colours;
  /** Columns of the terminal; undefined if `output` is none. */
  readonly columns?: number | undefined;
  /** Whether somebody at a terminal can answer on `input`. @default false */
  readonly isInteractive?: boolean | undefined;
  /** Whether `errors` is a terminal, which can show progress. @default false */
  readonly showsProgress?: boolean | undefined;
}

/** Functions that colour a piece of text. */
export type Colours = ReturnType<typeof createColors>;

/** Returns colours for a terminal that has them, or functions that leave text as it is. */
export function coloursFor(terminal: boolean): Colours {
  return createColors(terminal);
}

/** Writes lines for people. Text from a user's file goes through `printable` first. */
export function printLines(sink: TextSink, ...lines: readonly string[]): void {
  sink.write(`${lines.join("\n")}\n`);
}

/** Writes data for programs. */
export function printJson(sink: TextSink, data: unknown): void {
  sink.write(`${JSON.stringify(data, undefined, 2)}\n`);
}

/**
 * Removes control characters other than line breaks and characters that reverse the reading direction: names come from
 * files, and a terminal obeys what it gets.
 */
export function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, "?");
}

/** Colours the severity with which the line of a finding begins. */
export function withColouredSeverity(line: string, colours: Colours): string {
  return line
    .replace(/^( {2})(error:)/, (_all, indent: string, word: string) => indent + colours.red(word))
    .replace(/^( {2})(warning:)/, (_all, indent: string, word: string) => indent + colours.yellow(word));
}
