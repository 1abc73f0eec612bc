import { spawn, type ChildProcess } from "node:child_process";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { relayDns } from "./dns-relay";

/** BIND's program, which is told in the world of these tests; undefined where it is not to be had. */
export function namedProgram(): string | undefined {
  return process.env["BED_NAMED"];
}

let nextPort = 5300;

/** Where a nameserver finds zones, and where it is asked. */
export interface NameserverPlace {
  /** Folder that is the server's `/`. */
  readonly folder: string;
  readonly address: string;
}

/** BIND before the zone files of a server. As WHM does, it is told of each file that comes, and of each that goes. */
export class Nameserver {
  private readonly zones: string;
  private readonly own: string;
  private readonly port = (nextPort += 1);
  private child: ChildProcess | undefined;
  private relay: Socket | undefined;
  private told: string | undefined;
  private isEnded = false;

  private constructor(private readonly place: NameserverPlace) {
    this.zones = join(place.folder, "var/named");
    this.own = `${place.folder}.named`;
  }

  static async start(place: NameserverPlace): Promise<Nameserver> {
    const nameserver = new Nameserver(place);
    mkdirSync(nameserver.zones, { recursive: true });
    mkdirSync(nameserver.own, { recursive: true });
    nameserver.tell();
    const env = { ...process.env, LD_LIBRARY_PATH: process.env["BED_NAMED_LIBRARIES"] };
    const settings = ["-g", "-n", "1", "-c", join(nameserver.own, "named.conf")];
    const child = spawn(namedProgram()!, settings, { env, stdio: ["ignore", "ignore", "pipe"] });
    nameserver.child = child;
    await running(child);
    nameserver.relay = await relayDns(place.address, nameserver.port);
    void nameserver.follow();
    return nameserver;
  }

  /** Tells BIND nothing more: zones come to the server, and it doesn't answer for them. */
  stopFollowing(): void {
    this.isEnded = true;
  }

  async stop(): Promise<void> {
    this.stopFollowing();
    this.relay?.close();
    const { child } = this;
    if (!child || child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  private async follow(): Promise<void> {
    while (!this.isEnded) {
      if (this.tell()) this.child?.kill("SIGHUP");
      await pause(50);
    }
  }

  /** Writes which zones there are. Returns whether that has changed. */
  private tell(): boolean {
    const files = readdirSync(this.zones).filter((name) => name.endsWith(".db"));
    const text = this.configuration(files);
    if (text === this.told) return false;
    writeFileSync(join(this.own, "named.conf"), text);
    this.told = text;
    return true;
  }

  private configuration(files: readonly string[]): string {
    const { own, zones } = this;
    const zone = (file: string): string =>
      `zone "${file.slice(0, -".db".length)}" { type master; file "${join(zones, file)}"; };`;
    return [
      `options { directory "${own}"; managed-keys-directory "${own}"; pid-file none; session-keyfile none;`,
      `  listen-on port ${this.port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; empty-zones-enable no; };`,
      "controls { };",
      ...files.map(zone),
      "",
    ].join("\n");
  }
}

async function running(child: ChildProcess): Promise<void> {
  let said = "";
  const listens = new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error(`named has ended: ${said}`)));
    child.stderr!.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (/ running$/m.test(said)) resolve();
    });
  });
  await listens;
}
