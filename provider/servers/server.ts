import type { Duplex } from "node:stream";
import { Mutex, Semaphore } from "async-mutex";
import type { Server as ServerSettings } from "../schema/server";
import { apiToken } from "./credentials";
import { ErrorReporter, type ServerError } from "./errors";
import { dial } from "./ssh/dial";
import { DialProgress } from "./ssh/dial-progress";
import type { SshConnection } from "./ssh/connection";
import type { CommandOptions, CommandResult } from "./ssh/exec";
import type { Files } from "./sftp/files";
import { Programs } from "./programs";
import { Reconnecting } from "./reconnecting";
import type { Secret } from "./secret";
import { underWay } from "./work-under-way";
import type { WhmApi } from "./whm/api";
import { CommandTransport } from "./whm/command-transport";
import type { HttpsTransport } from "./whm/https-transport";
import { ownApi } from "./whm/own-api";

/**
 * Makes a limit of handshakes. sshd begins to drop connections at random while ten of them have not logged in yet (MaxStartups
 * 10:30:100), and learns a little later than its client that one has: hence fewer.
 */
export function handshakeLimit(): Semaphore {
  return new Semaphore(8);
}

export interface ServerOptions {
  /** Limits the number of SSH handshakes in progress. @default a limit for this server alone */
  handshakes?: Semaphore;
}

/**
 * One server and the session with it: an SSH connection, a second one for programs where sshd allows few sessions, and a
 * pool of HTTPS connections. They are opened at the first use, shared by everybody and replaced when they have died.
 */
export class Server {
  /** How far the last dial of the first connection has come. */
  readonly dialled = new DialProgress();
  private readonly reporter: ErrorReporter;
  private readonly handshakes: Semaphore;
  private readonly work = new Mutex();
  private readonly feed = new Mutex();
  private readonly connection: Reconnecting<SshConnection>;
  private readonly programs: Programs;
  private https: HttpsTransport | undefined;
  private readonly command: CommandTransport;

  constructor(
    readonly name: string,
    readonly settings: ServerSettings,
    options: ServerOptions = {},
  ) {
    this.reporter = new ErrorReporter(name);
    this.handshakes = options.handshakes ?? handshakeLimit();
    this.connection = new Reconnecting(() => this.connect(this.dialled));
    this.programs = new Programs(this.connection, () => this.connect(new DialProgress()), this.reporter);
    this.command = new CommandTransport(this.reporter, (argv, options) => this.run(argv, options));
  }

  /** Logs in over SSH, unless that is done. What follows uses the same connection. */
  async logIn(): Promise<void> {
    await this.connection.get();
  }

  /**
   * Returns the server's files. Call it for each piece of work: they belong to the connection that is open now, and
   * fail with "connection-lost" when it dies instead of continuing halfway with another one.
   */
  async files(): Promise<Files> {
    const connection = await this.connection.get();
    return connection.files();
  }

  /** Runs a program with exactly these arguments. An exit status other than 0 is no error here. */
  run(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return this.programs.run(argv, options);
  }

  /** WHM API 1: over HTTPS if the settings have `api`, else through `whmapi1` over SSH. */
  get api(): WhmApi {
    const { api } = this.settings;
    if (!api) return this.command;
    this.https ??= ownApi(api, this.settings, this.reporter);
    return this.https;
  }

  /** Returns the API token with which this session itself logs in; undefined without `api`. */
  async loginToken(): Promise<Secret | undefined> {
    const { api } = this.settings;
    return api && apiToken(api, this.reporter);
  }

  /** Whether a secret is the API token with which this session itself logs in. */
  async logsInWith(secret: string): Promise<boolean> {
    return (await this.loginToken())?.reveal() === secret;
  }

  /**
   * Opens a TCP connection that starts on this server, through its SSH connection.
   *
   * @throws ServerError `forwarding-refused` if the server's sshd forbids it
   */
  async openChannel(host: string, port: number): Promise<Duplex> {
    const connection = await this.connection.get();
    return connection.openChannel(host, port);
  }

  /**
   * Runs work alone: no other such work of this process runs on this server meanwhile. Must not be nested. Work that
   * still waits when the engine is gone is never begun.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.work.runExclusive(() => underWay(work));
  }

  /**
   * Runs a change of what feeds this server, after the changes before it: links of many servers to one nameserver change
   * one after the other, so that a server that fails is seen before all of them have changed. Comes before
   * {@link exclusively} of the server that stores the link.
   */
  changingFeed<T>(work: () => Promise<T>): Promise<T> {
    return this.feed.runExclusive(work);
  }

  /** Closes the session. The next use opens a new one. */
  async close(): Promise<void> {
    const [https, connection] = [this.https, this.connection.forget()];
    this.https = undefined;
    await Promise.all([https?.close(), this.programs.close(), connection.then((open) => open?.close())]);
  }

  private async connect(progress: DialProgress): Promise<SshConnection> {
    const { connection } = this.settings;
    if (!connection) throw this.noConnection();
    const { reporter, handshakes } = this;
    return dial({ connection, reporter, handshakes, progress });
  }

  private noConnection(): ServerError {
    return this.reporter.error({
      code: "missing-credential",
      phrase: "open an SSH connection",
      said: "the server has no `connection`",
      wayOut: `Add connection: { host, user, privateKey, hostKey } to ${this.name} in the provider's servers.`,
    });
  }
}
