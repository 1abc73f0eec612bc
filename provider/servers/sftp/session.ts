import { type SFTPWrapper, utils } from "ssh2";
import { type ErrorReporter, isServerError, type ServerError } from "../errors";
import { withDeadline } from "../ssh/deadline";
import { secondsText } from "../seconds-text";

const status = utils.sftp.STATUS_CODE;

/** Seconds in which the server must answer an SFTP request. */
const requestDeadline = 30;

/** Receives the answer. A request without a value has none. */
type Done<T> = (error?: Error | null, value?: T) => void;
type Failure = Error & { code?: number };

/** Who has logged in. */
export interface Login {
  readonly user: string;
  /** Whether its files are reached through sudo. */
  readonly sudo: boolean;
}

/** What an SFTP session needs of its connection. */
export interface Carrier {
  readonly reporter: ErrorReporter;
  readonly login: Login;
  /** Runs work that needs the connection. Keeps the process alive meanwhile, and fails if the connection is lost. */
  hold<T>(phrase: string, work: () => Promise<T>): Promise<T>;
  /** Drops a connection that no longer answers. */
  abandon(): void;
}

/** SFTP requests as promises, each with a deadline and with errors that say what was tried. */
export class SftpSession {
  private isOver = false;

  constructor(
    private readonly sftp: SFTPWrapper,
    private readonly carrier: Carrier,
  ) {
    sftp.once("close", () => (this.isOver = true));
  }

  /** Sends a request. Its answer comes through `done`. */
  request<T>(phrase: string, start: (sftp: SFTPWrapper, done: Done<T>) => void): Promise<T> {
    return this.carrier.hold(phrase, () =>
      withDeadline(this.send(phrase, start), requestDeadline, () => this.late(phrase)),
    );
  }

  /** Sends a request whose answer has a value. Any other answer is an error: it never means "not there". */
  async ask<T>(
    phrase: string,
    isExpected: (value: unknown) => value is T,
    start: (sftp: SFTPWrapper, done: Done<unknown>) => void,
  ): Promise<T> {
    const value = await this.request<unknown>(phrase, start);
    if (isExpected(value)) return value;
    throw this.unexpected(phrase, "its SFTP server sent a reply that does not match the request");
  }

  /** Makes the error for an answer that can't be used. */
  unexpected(phrase: string, said: string): ServerError {
    return this.carrier.reporter.error({
      code: "unexpected-reply",
      phrase,
      said,
      wayOut: "Look at it on the server, and use OpenSSH's own SFTP server (Subsystem sftp internal-sftp).",
    });
  }

  private async send<T>(phrase: string, start: (sftp: SFTPWrapper, done: Done<T>) => void): Promise<T> {
    try {
      // ssh2 would wait for an answer for ever, or break everybody else's connection.
      if (this.isOver) throw new Error("Not connected");
      // ssh2 throws at once if the server lacks an extension. That is handled here too.
      return await new Promise<T>((resolve, reject) => {
        start(this.sftp, (error, value) => (error ? reject(error) : resolve(value as T)));
      });
    } catch (error) {
      throw this.failure(phrase, error as Failure);
    }
  }

  private failure(phrase: string, error: Failure): ServerError {
    const isLost = error.code === undefined && /no response|not connected/i.test(error.message);
    if (isLost || error.code === status.CONNECTION_LOST || error.code === status.NO_CONNECTION) {
      return this.carrier.reporter.error({
        code: "connection-lost",
        phrase,
        said: "the SFTP session ended",
        wayOut: "Try again; whether the last step happened is not known.",
        cause: error,
      });
    }
    return this.carrier.reporter.error({
      code: "file-error",
      phrase,
      said: error.message,
      wayOut: wayOut(error, this.carrier.login),
      cause: error,
    });
  }

  private late(phrase: string): ServerError {
    // One turn later: the request itself is late, only those beside it lose their connection.
    setImmediate(() => this.carrier.abandon());
    return this.carrier.reporter.error({
      code: "timed-out",
      phrase,
      said: `no answer within ${secondsText(requestDeadline)}`,
      wayOut: "Check the server and its file systems, then try again.",
    });
  }
}

/** Whether an SFTP request failed because there is no such file. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === status.NO_SUCH_FILE;
}

/** Whether an SFTP request failed because there is no more to read. */
export function isEnd(error: unknown): boolean {
  return statusOf(error) === status.EOF;
}

/** Returns the result of a request; undefined if there is no such file. */
export async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether an SFTP request failed because the server doesn't support it. */
export function isUnsupported(error: unknown): boolean {
  return isServerError(error, "file-error") && lacksExtension(error.cause as Failure);
}

/** Whether SFTP gave its general refusal, which can also mean "exists already". */
export function isGeneralFailure(error: unknown): boolean {
  return statusOf(error) === status.FAILURE;
}

function statusOf(error: unknown): number | undefined {
  return isServerError(error, "file-error") ? (error.cause as Failure | undefined)?.code : undefined;
}

function lacksExtension({ code, message }: Failure): boolean {
  return code === status.OP_UNSUPPORTED || (code === undefined && message.includes("does not support"));
}

function wayOut(error: Failure, login: Login): string {
  if (error.code === status.PERMISSION_DENIED) return wayOutOfDenial(login);
  if (lacksExtension(error)) {
    return "Use OpenSSH's own SFTP server (Subsystem sftp internal-sftp): replacing a file in one step needs its extensions.";
  }
  return "Check the path, the file system's free space and whether it is mounted read-only.";
}

function wayOutOfDenial({ user, sudo }: Login): string {
  if (sudo)
    return "Check that sshd runs commands for this login: ForceCommand internal-sftp would serve the files without sudo.";
  if (user === "root")
    return "Root itself may not do it: look for an immutable file or directory (lsattr) there.";
  return `WHM keeps its files for root alone, and ${user} is another login. Log in as root, or set sudo: true if it may use sudo.`;
}
