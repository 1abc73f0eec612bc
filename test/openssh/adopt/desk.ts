import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import type { Servers } from "../../../provider/schema/server";
import type { Testbed } from "../../testbed/testbed";

/** The desk of whoever adopts a cluster: a home folder with keys and known hosts, and an agent. */
export class Desk {
  readonly home = mkdtempSync(join(tmpdir(), "whm-desk-"));
  private agent: ChildProcess | undefined;
  /** What commands find in their environment. */
  readonly environment: Readonly<Record<string, string>>;

  constructor(
    private readonly testbed: Testbed,
    hasAgent: boolean,
  ) {
    this.environment = {
      HOME: this.home,
      SSH_AUTH_SOCK: hasAgent ? join(this.home, "agent") : "",
      ROOT_PASSWORD: process.env["BED_PASSWORD"]!,
    };
    mkdirSync(join(this.home, ".ssh"), { mode: 0o700 });
  }

  /** The servers as connections that have another way to log in, and the API only on request. */
  servers(way: Partial<Connection>, { api = true } = {}): Servers {
    const entries = Object.entries(this.testbed.servers).map(
      ([name, { api: access, connection, ...facts }]) => {
        const { host, port, hostKey } = connection!;
        const servers = { ...facts, connection: { host, port, hostKey, user: "root", ...way } };
        return [name, { ...servers, ...(api && { api: access }) }] as const;
      },
    );
    return Object.fromEntries(entries);
  }

  /** The file of a key that every server lets in, in OpenSSH's usual place. */
  key(passphrase = ""): string {
    const file = join(this.home, ".ssh", "id_ed25519");
    const { status, stderr } = spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-f", file]);
    if (status !== 0) throw new Error(`ssh-keygen: ${stderr.toString()}`);
    this.testbed.sshd.authorize(readFileSync(`${file}.pub`, "utf8"));
    return file;
  }

  /** Starts the agent, with such a key that is nowhere else. */
  async startAgent(): Promise<string> {
    const socket = join(this.home, "agent");
    const key = this.key();
    this.agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: ["ignore", "pipe", "inherit"] });
    await once(this.agent.stdout!, "data");
    spawnSync("ssh-add", ["-q", key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    rmSync(key);
    return socket;
  }

  /** Notes the host key of the servers under these names and addresses. */
  knows(...hosts: string[]): void {
    const { hostKey } = Object.values(this.testbed.servers)[0]!.connection!;
    const lines = hosts.map((host) => `[${host}]:${this.testbed.port} ${hostKey!.trim()}\n`);
    this.hosts(lines.join(""));
  }

  /** Adds lines to the known hosts. */
  hosts(lines: string): void {
    appendFileSync(join(this.home, ".ssh", "known_hosts"), lines);
  }

  /** Writes a file and returns its path. */
  file(name: string, value: unknown): string {
    const path = join(this.home, name);
    writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value), { mode: 0o600 });
    return path;
  }

  leave(): void {
    this.agent?.kill();
    rmSync(this.home, { recursive: true, force: true });
  }
}
