import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { request } from "undici";
import type { Server } from "../../provider/schema/server";
import type { Simulator } from "../../provider/simulator";
import { freePort, loopback } from "../helpers/free-port";
import { hasEnded } from "../helpers/has-ended";
import type { LineFault } from "./fault-list";
import { Messenger } from "./messenger";

const program = "toxiproxy-server";

/** Whether `npm test` has put the proxy on PATH. */
export const hasFaultProxy = (process.env["PATH"] ?? "")
  .split(delimiter)
  .some((folder) => existsSync(join(folder, program)));

/** What goes wrong on a line, in Toxiproxy's words. */
export interface Toxic {
  type: "latency" | "reset_peer" | "timeout" | "slow_close" | "slicer" | "limit_data";
  /** `downstream`: what the server answers. */
  stream: "upstream" | "downstream";
  attributes: Readonly<Record<string, number>>;
}

/** Toxiproxy between a provider and its servers, one line for each door of each server. */
export class FaultProxy {
  private readonly messenger = new Messenger();
  private readonly lines: string[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(): Promise<FaultProxy> {
    for (let tries = 1; ; tries += 1) {
      const port = await freePort();
      const child = spawn(program, ["-host", loopback, "-port", String(port)], { stdio: "ignore" });
      const proxy = new FaultProxy(child, `http://${loopback}:${port}`);
      if (await proxy.isUp()) return proxy;
      await proxy.stop();
      // Somebody else may have taken the port first.
      if (tries === 5) throw new Error(`${program} does not start`);
    }
  }

  /** What the provider is told of the servers, so that it reaches them through this proxy. */
  async between({ servers }: Simulator): Promise<Record<string, Server>> {
    const entries = Object.entries(servers).map(async ([name, server]) => [
      name,
      await this.led(name, server),
    ]);
    return Object.fromEntries(await Promise.all(entries)) as Record<string, Server>;
  }

  /**
   * Breaks every line, at once: this thread, and with it every simulated server, stands still until it is done.
   * All lines, because a step may have come over the line of another server: a probe is forwarded by the one that uses
   * the token.
   */
  breakNow(toxics: readonly Toxic[]): void {
    this.messenger.sendAndWait(
      this.lines.flatMap((line) =>
        toxics.map((toxic) => ({ url: `${this.url}/proxies/${line}/toxics`, body: JSON.stringify(toxic) })),
      ),
    );
  }

  /** Breaks every line, at once; resolves when the fault is over or lasts until it is mended. */
  async inject({ toxics, lasts }: LineFault): Promise<void> {
    this.breakNow(toxics);
    if (lasts === undefined) return;
    await pause(lasts);
    await this.mend();
  }

  /** Ends everything that goes wrong. Connections that were broken stay so. */
  async mend(): Promise<void> {
    await this.post("/reset", {});
  }

  async stop(): Promise<void> {
    await this.messenger.stop();
    if (hasEnded(this.child)) return;
    const ended = once(this.child, "exit");
    this.child.kill();
    await ended;
  }

  private async led(name: string, server: Server): Promise<Server> {
    const { connection, api } = server;
    return {
      ...server,
      // A server that stays away is given up at the first try: the next run is what is tried here.
      connection: {
        ...connection!,
        port: await this.line(`${name}-ssh`, connection!.port!),
        dialErrorLimit: 1,
      },
      ...(api && { api: { ...api, port: await this.line(`${name}-api`, api.port!) } }),
    };
  }

  private async line(name: string, port: number): Promise<number> {
    this.lines.push(name);
    const wanted = { name, listen: `${loopback}:0`, upstream: `${loopback}:${port}` };
    const { listen } = (await this.post("/proxies", wanted)) as { listen: string };
    return Number(listen.slice(listen.lastIndexOf(":") + 1));
  }

  private async post(path: string, body: object): Promise<unknown> {
    const reply = await request(this.url + path, { method: "POST", body: JSON.stringify(body) });
    const text = await reply.body.text();
    if (reply.statusCode >= 300) throw new Error(`Toxiproxy: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  /** Whether it answers; one that has ended leaves its port to somebody else, who may answer too. */
  private async isUp(): Promise<boolean> {
    for (let tries = 0; tries < 100 && !hasEnded(this.child); tries += 1) {
      const reply = await request(`${this.url}/version`).catch(() => undefined);
      await reply?.body.text();
      if (reply) break;
      await pause(50);
    }
    // A port that is taken ends the program a moment after its start.
    await pause(50);
    return !hasEnded(this.child);
  }
}
