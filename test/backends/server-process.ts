import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { hasEnded } from "../helpers/has-ended";

/** A server of a test, on loopback, which ends with it. */
export class ServerProcess {
  private said = "";

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.said += chunk.toString()));
    }
    child.on("error", (error) => (this.said += error.message));
  }

  /** @param isReady whether it answers */
  static async start(
    [command, ...words]: readonly [string, ...string[]],
    environment: Readonly<Record<string, string>>,
    isReady: () => Promise<boolean>,
  ): Promise<ServerProcess> {
    const server = new ServerProcess(spawn(command, words, { env: { ...process.env, ...environment } }));
    for (let tries = 0; tries < 300 && !server.hasEnded; tries += 1) {
      if (await isReady()) return server;
      await pause(100);
    }
    await server.stop();
    throw new Error(`${command} does not answer: ${server.said}`);
  }

  private get hasEnded(): boolean {
    return this.child.pid === undefined || hasEnded(this.child);
  }

  /** SIGINT: servers of databases end their sessions and save. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGINT");
    await ended;
  }
}
