import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../provider/schema/connection";
import { makeKeyPair } from "../../provider/simulator/credentials";

/** Dropbear's server; nothing where it is not to be had. */
export const dropbearProgram = process.env["BED_DROPBEAR"];

const env = { ...process.env, LD_LIBRARY_PATH: process.env["BED_DROPBEAR_LIBRARIES"] };

/** A login of root whose folder nobody else uses: see enter.sh. */
const login = { user: "dropbear", home: "/run/dropbear" };

/** A small SSH server, as on routers and in rescue systems. It has no chroot: its files are this machine's. */
export class Dropbear {
  /** How it is reached. */
  readonly connection: Connection;
  private readonly folder = mkdtempSync(join(tmpdir(), "pulumi-whm-dropbear-"));
  private readonly child: ChildProcess;

  /** @param words more of its options, such as `-j`, which forbids forwarding */
  constructor(host: string, port: number, words: readonly string[] = []) {
    const { publicKey, privateKey } = makeKeyPair();
    mkdirSync(join(login.home, ".ssh"), { recursive: true, mode: 0o700 });
    appendFileSync(join(login.home, ".ssh/authorized_keys"), `${publicKey}\n`, { mode: 0o600 });
    const hostKey = join(this.folder, "host-key");
    this.connection = { host, port, user: login.user, privateKey, hostKey: newHostKey(hostKey) };
    const options = ["-F", "-E", "-P", join(this.folder, "pid"), "-r", hostKey, "-p", `${host}:${port}`];
    this.child = spawn(dropbearProgram!, [...options, ...words], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
  }

  /** Waits until it listens. */
  async start(): Promise<this> {
    await once(this.child.stderr!, "data");
    return this;
  }

  stop(): void {
    this.child.kill();
    rmSync(this.folder, { recursive: true });
  }
}

/** Makes its host key, and returns the public part. */
function newHostKey(file: string): string {
  const program = join(dropbearProgram!, "../../bin/dropbearkey");
  const { stdout } = spawnSync(program, ["-t", "ed25519", "-f", file], { env, encoding: "utf8" });
  return /^ssh-ed25519 \S+/m.exec(stdout)?.[0] ?? stdout;
}
