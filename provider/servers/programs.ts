import { Mutex } from "async-mutex";
import { type ErrorReporter, isServerError } from "./errors";
import type { SshConnection } from "./ssh/connection";
import type { CommandOptions, CommandResult } from "./ssh/exec";
import { allowSessions, isRefusedSession, whenSessionIsFree } from "./ssh/refused-session";
import { Reconnecting } from "./reconnecting";

/** What is needed of a connection. */
type Runner = Pick<SshConnection, "isOpen" | "isCrowded" | "run" | "close">;

/** Errors after which the program may still run, and keep its session. */
const unfinished = ["timed-out", "unexpected-reply"] as const;

/**
 * Runs a server's programs on the connection that serves its files. Where sshd allows too few sessions for that
 * (MaxSessions), they run one at a time on a second connection: SFTP keeps its session, so neither waits for the other.
 */
export class Programs {
  private readonly turn = new Mutex();
  private readonly second: Reconnecting<Runner>;

  constructor(
    private readonly first: Reconnecting<Runner>,
    connect: () => Promise<Runner>,
    private readonly reporter: ErrorReporter,
  ) {
    this.second = new Reconnecting(() => connect().catch((error: unknown) => this.explain(error)));
  }

  async run(argv: readonly string[], options: CommandOptions): Promise<CommandResult> {
    const connection = await this.first.get();
    if (connection.isCrowded) return this.runAlone(argv, options);
    try {
      return await connection.run(argv, options);
    } catch (error) {
      // Any other error may come from a program that has run.
      if (!isRefusedSession(error)) throw error;
      return this.runAlone(argv, options);
    }
  }

  /** Closes the second connection, if there is one. */
  async close(): Promise<void> {
    const connection = await this.second.forget();
    connection?.close();
  }

  private runAlone(argv: readonly string[], options: CommandOptions): Promise<CommandResult> {
    return this.turn.runExclusive(() => whenSessionIsFree(() => this.runOnSecond(argv, options)));
  }

  private async runOnSecond(argv: readonly string[], options: CommandOptions): Promise<CommandResult> {
    const connection = await this.second.get();
    try {
      return await connection.run(argv, options);
    } catch (error) {
      // The next program gets a new connection instead of waiting for this one.
      if (isServerError(error, ...unfinished)) connection.close();
      throw error;
    }
  }

  private explain(error: unknown): never {
    if (!isServerError(error)) throw error;
    const why = "This second log-in was for a program: sshd refused to run it beside the first one's files.";
    throw this.reporter.error({
      ...error,
      wayOut: `${error.wayOut} ${why} ${allowSessions}`,
      cause: error,
    });
  }
}
