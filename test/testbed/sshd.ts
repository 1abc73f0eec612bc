import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { hasEnded } from "../helpers/has-ended";
import { signal } from "../helpers/kill-processes";
import { linesFor, type OpenSsh } from "./openssh";

/** A server among those of one sshd: its address, and the folder that whoever logs in there takes for `/`. */
export interface ServedTree {
  readonly address: string;
  readonly folder: string;
  /** More lines of its configuration that hold for this server. @default none */
  readonly settings?: readonly string[] | undefined;
}

export interface SshdOptions {
  readonly openSsh: OpenSsh;
  /** A folder of its own, which nobody else may write. */
  readonly folder: string;
  readonly port: number;
  /** The private key that it shows. */
  readonly hostKey: string;
  /** The public key with which root logs in. */
  readonly clientKey: string;
  readonly trees: readonly ServedTree[];
  /** Log-ins that may be under way at the same time, in sshd's words. @default sshd's own, 10:30:100 */
  readonly maxStartups?: string | undefined;
  /** More lines of its configuration, such as `MaxSessions 1`. @default none */
  readonly settings?: readonly string[] | undefined;
  /** Its subsystem. @default internal-sftp */
  readonly sftp?: string | undefined;
}

/** OpenSSH's server. One process listens on all addresses and tells by the address which server is meant. */
export class Sshd {
  private child: ChildProcess | undefined;
  private readonly lines: string[] = [];

  constructor(private readonly options: SshdOptions) {}

  async start(): Promise<void> {
    const { openSsh, folder, hostKey, clientKey } = this.options;
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    writeFileSync(join(folder, "host-key"), hostKey, { mode: 0o600 });
    writeFileSync(join(folder, "authorized_keys"), `${clientKey}\n`, { mode: 0o600 });
    const file = join(folder, "sshd_config");
    writeFileSync(file, this.configuration());
    const env = { ...process.env, LD_LIBRARY_PATH: openSsh.libraries };
    this.child = spawn(openSsh.sshd, ["-D", "-e", "-f", file], {
      env,
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.child.stderr?.on("data", (chunk: Buffer) => this.lines.push(chunk.toString()));
    await this.says("Server listening");
  }

  get processId(): number | undefined {
    return this.child?.pid;
  }

  /** Lets root log in with one more key. */
  authorize(publicKey: string): void {
    appendFileSync(join(this.options.folder, "authorized_keys"), `${publicKey.trim()}\n`);
  }

  /** Lets nobody in with a key any more. */
  forgetKeys(): void {
    writeFileSync(join(this.options.folder, "authorized_keys"), "");
  }

  /** Everything it has logged, at the level VERBOSE. */
  log(): string {
    return this.lines.join("");
  }

  /** How many lines of the log hold a text: "Accepted key", "Starting session". */
  count(text: string): number {
    return this.log()
      .split("\n")
      .filter((line) => line.includes(text)).length;
  }

  /** How many connections each address has had, in the order of their first one. */
  connections(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [, address = ""] of this.log().matchAll(/^Connection from \S+ port \d+ on (\S+) port/gm))
      counts[address] = (counts[address] ?? 0) + 1;
    return counts;
  }

  /** The most log-ins that were under way at once: connections that had not yet been accepted. */
  mostUnderWay(): number {
    const waiting = new Set<string>();
    return this.log()
      .split("\n")
      .reduce((most, line) => {
        const [, begun] = /^Connection from \S+ port (\d+)/.exec(line) ?? [];
        const [, over] =
          /^(?:Accepted|Closed|Connection closed|Disconnected|drop) .* port (\d+)/.exec(line) ?? [];
        if (begun !== undefined) waiting.add(begun);
        if (over !== undefined && !/^Accepted key/.test(line)) waiting.delete(over);
        return Math.max(most, waiting.size);
      }, 0);
  }

  /** Waits for a text in the log. */
  async says(text: string): Promise<void> {
    for (let tries = 0; tries < 200 && !this.log().includes(text); tries += 1) await pause(25);
    if (!this.log().includes(text)) throw new Error(`sshd never said "${text}":\n${this.log()}`);
  }

  /** Cuts every session, as a reboot of a router does; whoever comes again is let in. */
  cut(): void {
    const { pid } = this.child ?? {};
    const sessions = pid === undefined ? "" : readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    for (const session of sessions.split(" ").filter(Boolean)) signal(Number(session), "SIGKILL");
  }

  /** Ends it and every session. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child?.pid === undefined || hasEnded(child)) return;
    const ended = once(child, "exit");
    process.kill(-child.pid, "SIGKILL");
    await ended;
  }

  private configuration(): string {
    const { openSsh, folder, port, trees, maxStartups, settings = [], sftp = "internal-sftp" } = this.options;
    // Of two lines for one keyword sshd takes the first.
    const lines = [
      ...settings,
      `ListenAddress 0.0.0.0:${port}`,
      `HostKey ${join(folder, "host-key")}`,
      `AuthorizedKeysFile ${join(folder, "authorized_keys")}`,
      "StrictModes no",
      "PidFile none",
      "UsePAM no",
      "UseDNS no",
      "PermitRootLogin yes",
      `Subsystem sftp ${sftp}`,
      "LogLevel VERBOSE",
      ...(maxStartups ? [`MaxStartups ${maxStartups}`] : []),
      ...linesFor(openSsh),
      ...trees.flatMap(blockFor),
    ];
    return `${lines.join("\n")}\n`;
  }
}

/** The part of the configuration that holds at one address. */
function blockFor({ address, folder, settings = [] }: ServedTree): string[] {
  return [
    `Match LocalAddress ${address}`,
    ...[`ChrootDirectory ${folder}`, ...settings].map((line) => `  ${line}`),
  ];
}
