import type { Duplex } from "node:stream";
import { Semaphore } from "async-mutex";
import type { Client, SFTPWrapper } from "ssh2";
import { isServerError, troubleText, type ErrorReporter, type ServerError } from "../errors";
import { forward, phraseFor as forwardPhrase } from "./channel";
import { type CommandOptions, type CommandResult, phraseFor, quoteCommand, runCommand } from "./exec";
import { withDeadline } from "./deadline";
import { Files } from "../sftp/files";
import type { Line } from "./line";
import { missingSftp } from "./missing-sftp";
import { isRefusedSession, whenSessionIsFree } from "./refused-session";
import { startSftp, sftpPhrase } from "./start-sftp";
import { type Carrier, type Login, SftpSession } from "../sftp/session";
import { asRoot, sftpAsRoot, sftpRefusal, startInPlaceOfSubsystem, sudoRefusal } from "./sudo";
import { secondsText } from "../seconds-text";

/**
 * sshd allows ten sessions per connection (MaxSessions), and SFTP uses one. A session counts until its process has
 * ended, which may be after its answer arrived. So the same number may still be ending. A server that allows fewer refuses
 * to open one: see `isCrowded`.
 */
const mostPrograms = 4;
/** Seconds in which the SFTP server must answer first. */
const sftpDeadline = 20;

/** A successful log-in: one SSH connection, and everything that runs on it at the same time. */
export class SshConnection implements Carrier {
  private readonly programs = new Semaphore(mostPrograms);
  private readonly waiting = new Set<() => void>();
  private sftp: Promise<Files> | undefined;
  private uses = 0;
  private open = true;
  private crowded = false;
  private lastTrouble = "the server closed it";
  private markEnded: () => void = () => undefined;

  /** Resolves when the connection ends, for whatever reason. */
  readonly ended = new Promise<void>((resolve) => (this.markEnded = resolve));

  constructor(
    private readonly client: Client,
    private readonly line: Line,
    readonly reporter: ErrorReporter,
    readonly login: Login,
  ) {
    if (login.sudo) startInPlaceOfSubsystem(client, quoteCommand(sftpAsRoot));
    client.on("error", (error) => (this.lastTrouble = troubleText(error)));
    client.on("close", () => this.end());
    line.unref();
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Whether the server has refused a session beside those that were open: it allows few for one connection. */
  get isCrowded(): boolean {
    return this.crowded;
  }

  /** Returns the server's files. All users share one SFTP session, which answers requests in order. */
  files(): Promise<Files> {
    this.sftp ??= this.openSftp();
    return this.sftp;
  }

  async run(argv: readonly string[], options: CommandOptions): Promise<CommandResult> {
    const phrase = options.phrase ?? phraseFor(argv);
    const words = this.login.sudo ? [...asRoot, ...argv] : argv;
    const result = await this.start(words, { ...options, phrase });
    const refusal = this.login.sudo ? sudoRefusal(result, phrase, this.reporter) : undefined;
    if (refusal) throw refusal;
    return result;
  }

  /** Opens a TCP connection that starts on the server. It keeps the process alive until it is closed. */
  async openChannel(host: string, port: number): Promise<Duplex> {
    const line = await this.openLine(host, port);
    return line.stream;
  }

  /** Opens the same as a line for another SSH connection, which says itself when it is in use. */
  async openLine(host: string, port: number): Promise<Line> {
    const target = { host, port };
    const stream = await this.hold(forwardPhrase(target), () => forward(this.client, target, this.reporter));
    let isHeld = false;
    const set = (held: boolean): void => {
      if (held === isHeld) return;
      isHeld = held;
      if (held) this.retain();
      else this.release();
    };
    set(true);
    // An error without a listener would end the process. Users of the stream add their own listeners.
    stream.on("error", () => undefined).once("close", () => set(false));
    if (stream.destroyed) set(false);
    return { stream, ref: () => set(true), unref: () => set(false) };
  }

  async hold<T>(phrase: string, work: () => Promise<T>): Promise<T> {
    if (!this.open) throw this.lost(phrase);
    this.gather();
    this.retain();
    let giveUp: (() => void) | undefined;
    const gone = new Promise<never>((_resolve, reject) => {
      giveUp = () => reject(this.lost(phrase));
      this.waiting.add(giveUp);
    });
    try {
      return await Promise.race([work(), gone]);
    } catch (error) {
      throw isNotConnected(error) ? this.lost(phrase) : error;
    } finally {
      if (giveUp) this.waiting.delete(giveUp);
      this.release();
    }
  }

  abandon(why = "the server stopped answering"): void {
    this.lastTrouble = why;
    this.line.stream.destroy();
    this.end();
  }

  /** Closes the connection. Work in progress fails. */
  close(): void {
    this.lastTrouble = "it was closed here";
    this.client.end();
    this.end();
  }

  /** Gathers what is sent in one turn into one packet: every write to a socket is a separate system call. */
  private gather(): void {
    const { stream } = this.line;
    stream.cork();
    process.nextTick(() => stream.uncork());
  }

  private retain(): void {
    this.uses += 1;
    if (this.uses === 1) this.line.ref();
  }

  private release(): void {
    this.uses -= 1;
    if (this.uses === 0) this.line.unref();
  }

  private end(): void {
    this.open = false;
    this.markEnded();
    for (const giveUp of this.waiting) giveUp();
  }

  private start(
    argv: readonly string[],
    options: CommandOptions & { phrase: string },
  ): Promise<CommandResult> {
    const work = (): Promise<CommandResult> => runCommand(this.client, argv, options, this.reporter);
    return this.programs.runExclusive(() => this.noting(() => this.hold(options.phrase, work)));
  }

  /** Notes whether the server refuses a session. */
  private async noting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.crowded ||= isRefusedSession(error);
      throw error;
    }
  }

  private async openSftp(): Promise<Files> {
    try {
      const sftp = await this.noting(() => this.startSftp()).catch((error: unknown) => this.laterSftp(error));
      return new Files(new SftpSession(sftp, this));
    } catch (error) {
      this.sftp = undefined;
      const isAsked = isServerError(error, "file-error") && !isRefusedSession(error) && this.open;
      throw isAsked ? await this.reasonOf(error) : error;
    }
  }

  private startSftp(): Promise<SFTPWrapper> {
    const start = (): Promise<SFTPWrapper> =>
      startSftp(this.client, this.reporter, (trouble) => this.forgetSftp(trouble));
    return this.hold(sftpPhrase, () => withDeadline(start(), sftpDeadline, () => this.lateSftp()));
  }

  /** Starts SFTP when the programs that have all sessions have ended, and before any other program of this connection. */
  private laterSftp(error: unknown): Promise<SFTPWrapper> {
    if (!isRefusedSession(error)) throw error;
    return this.programs.runExclusive(() => whenSessionIsFree(() => this.startSftp()), mostPrograms);
  }

  /** Asks once more why there is no SFTP: what sudo or the log-in wrote is not kept beside the protocol. */
  private async reasonOf(error: ServerError): Promise<ServerError> {
    const { client, reporter } = this;
    const run = (argv: readonly string[]): Promise<CommandResult> =>
      whenSessionIsFree(() => this.start(argv, { phrase: sftpPhrase }));
    if (!this.login.sudo) return missingSftp(error, { client, reporter, run });
    return sftpRefusal(await run(sftpAsRoot), sftpPhrase, reporter) ?? error;
  }

  /** Drops the SFTP session: after a protocol error ssh2 never answers the affected request. */
  private forgetSftp(trouble?: Error): void {
    this.sftp = undefined;
    if (trouble) this.abandon(`its SFTP server broke the protocol: ${trouble.message}`);
  }

  private lateSftp(): ServerError {
    setImmediate(() => this.abandon());
    return this.reporter.error({
      code: "timed-out",
      phrase: sftpPhrase,
      said: `no answer within ${secondsText(sftpDeadline)}`,
      wayOut: "Check the server's load, and that its SFTP server starts: Subsystem sftp internal-sftp.",
    });
  }

  private lost(phrase: string): ServerError {
    return this.reporter.error({
      code: "connection-lost",
      phrase,
      said: `the SSH connection is gone: ${this.lastTrouble}`,
      wayOut: "Try again; whether the last step happened is not known, so the next run looks first.",
    });
  }
}

/** Whether ssh2 threw because the connection has ended while its "close" is still to come. */
function isNotConnected(error: unknown): boolean {
  return error instanceof Error && error.message === "Not connected";
}
