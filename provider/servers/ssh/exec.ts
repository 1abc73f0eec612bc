import type { Client, ClientChannel } from "ssh2";
import { type ErrorReporter, isServerError, type ServerError } from "../errors";
import { withDeadline } from "./deadline";
import { allowSessions, isUnopened } from "./refused-session";
import { secondsText } from "../seconds-text";

export interface CommandOptions {
  /** Description of the attempt, to follow "Failed to". @default run <program> */
  phrase?: string;
  /** Seconds after which the program is given up. @default 60 */
  deadlineSeconds?: number;
  /** Maximum number of output bytes to read. @default 8 MiB */
  outputLimit?: number;
}

export interface CommandResult {
  /** Exit status; undefined if a signal ended the program, or its channel closed without one. */
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs a program with exactly these arguments and no input. */
export async function runCommand(
  client: Client,
  argv: readonly string[],
  options: CommandOptions,
  reporter: ErrorReporter,
): Promise<CommandResult> {
  const { phrase = phraseFor(argv), deadlineSeconds = 60, outputLimit = 8 * 1024 * 1024 } = options;
  const program = new Program(outputLimit);
  const line = commandLine(argv, phrase, reporter);
  return withDeadline(program.run(client, line), deadlineSeconds, () => {
    program.stop();
    return reporter.error({
      code: "timed-out",
      phrase,
      said: `the program did not end within ${secondsText(deadlineSeconds)}`,
      wayOut: "It may still be running: look at the server before you try again.",
    });
  }).catch((error: Error) => {
    // The connection itself explains why it has ended.
    const isExplained = isServerError(error) || error.message === "Not connected";
    throw isExplained ? error : refusal(phrase, error, reporter);
  });
}

/** Describes a command that has no phrase of its own. */
export function phraseFor(argv: readonly string[]): string {
  return `run ${argv[0] ?? "nothing"}`;
}

function commandLine(argv: readonly string[], phrase: string, reporter: ErrorReporter): string {
  try {
    return quoteCommand(argv);
  } catch (error) {
    const said = (error as RangeError).message;
    throw reporter.error({ code: "invalid-value", phrase, said, wayOut: "Remove it from the value." });
  }
}

/** A program has written beyond the limit. The rest is not read. */
class OutputTooLong extends Error {
  override readonly name = "OutputTooLong";
}

/** A running program, and its output so far. */
class Program {
  private readonly output: Buffer[] = [];
  private readonly errors: Buffer[] = [];
  private exitCode: number | undefined;
  private length = 0;
  private channel: ClientChannel | undefined;

  constructor(private readonly limit: number) {}

  run(client: Client, line: string): Promise<CommandResult> {
    return new Promise((resolve, reject) => {
      client.exec(line, (error, channel) => {
        if (error) return reject(error);
        // At once and not a turn later: everything may have arrived in one packet, and events are not kept.
        this.follow(channel, resolve, reject);
      });
    });
  }

  stop(): void {
    this.channel?.signal("KILL");
    this.channel?.close();
  }

  private follow(
    channel: ClientChannel,
    resolve: (result: CommandResult) => void,
    reject: (error: Error) => void,
  ): void {
    this.channel = channel;
    const keepIn = (parts: Buffer[]) => (part: Buffer) => {
      parts.push(part);
      this.length += part.length;
      if (this.length <= this.limit) return;
      this.stop();
      reject(new OutputTooLong(`the program wrote more than ${this.limit} bytes`));
    };
    channel.on("data", keepIn(this.output));
    channel.stderr.on("data", keepIn(this.errors));
    channel.on("exit", (code: number | null) => (this.exitCode = code ?? undefined));
    channel.on("error", reject);
    channel.on("close", () => resolve(this.result()));
    channel.end();
  }

  private result(): CommandResult {
    return {
      exitCode: this.exitCode,
      stdout: Buffer.concat(this.output).toString(),
      stderr: Buffer.concat(this.errors).toString(),
    };
  }
}

function refusal(phrase: string, error: Error, reporter: ErrorReporter): ServerError {
  if (isUnopened(error)) {
    const said = `sshd opens no session for it: ${error.message}`;
    return reporter.error({ code: "refused-by-server", phrase, said, wayOut: allowSessions, cause: error });
  }
  return reporter.error({
    code: error instanceof OutputTooLong ? "unexpected-reply" : "refused-by-server",
    phrase,
    said: error.message,
    wayOut:
      "Run it by hand on the server, and check that the login may: ForceCommand and internal-sftp forbid it.",
    cause: error,
  });
}

const needsNoQuotes = /^[A-Za-z0-9_@+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/**
 * What some shells read between single quotes too: `!` in csh, a backslash in fish. After a backslash outside of quotes
 * all of them take each for itself.
 */
const alsoReadInQuotes = /['!\\]/g;

/** Writes arguments as a line that POSIX shells, csh, tcsh and fish split into exactly these arguments. */
export function quoteCommand(argv: readonly string[]): string {
  return argv.map((argument, index) => quoteArgument(argument, index === 0)).join(" ");
}

function quoteArgument(argument: string, isCommand: boolean): string {
  // No quotes of csh hold a line break.
  if (/[\0\n\r]/.test(argument))
    throw new RangeError("An argument of a command must not contain a NUL character or a line break.");
  // A first word with an equals sign would be read as an assignment.
  const isPlain = needsNoQuotes.test(argument) && !(isCommand && argument.includes("="));
  return isPlain ? argument : `'${argument.replace(alsoReadInQuotes, "'\\$&'")}'`;
}
