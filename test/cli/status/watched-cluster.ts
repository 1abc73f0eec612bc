import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator, type SimulatedServerOptions, type Simulator } from "../../../provider/simulator";
import type { Server } from "../../../provider/schema/server";
import type { AskSoa, SoaAnswer } from "../../../provider/servers";
import { clickEntries, type ClickedEntry } from "../../helpers/clicked-cluster";
import { zoneFile } from "../../helpers/zones";
import { commandLine, type CommandLineResult } from "../helpers";

export interface StatusJson {
  well: boolean;
  servers: Record<string, unknown>[];
  members: Record<string, unknown>[];
  tokens: Record<string, unknown>[];
  zones: Record<string, unknown>[];
  reach?: {
    server: string;
    peer: string | null;
    address: string;
    role: string | null;
    need: string;
    state: string;
    said: string | null;
  }[];
  findings: { server: string; peer?: string; kind: string; severity: string; message: string; fix: string }[];
  notes: { server?: string; message: string }[];
  unreadable: { server: string; message: string }[];
}

/** A cluster on simulated servers, linked by hand, and `whm-dns status` on it. */
export interface WatchedCluster {
  readonly sim: Simulator;
  /** Sets what a server answers over DNS, instead of what its files say. */
  readonly answer: (server: string, answer: SoaAnswer) => void;
  /** Changes the connections that the command reads. */
  readonly reach: (edit: (servers: Record<string, Server>) => unknown) => void;
  readonly status: (...args: string[]) => Promise<CommandLineResult>;
  /** The same with `--json`. */
  readonly data: (...args: string[]) => Promise<StatusJson & { code: number }>;
  readonly stop: () => Promise<void>;
}

const servers: Record<string, SimulatedServerOptions> = {
  web1: { type: "cpanel" },
  ns1: { type: "dnsonly" },
  ns2: { type: "dnsonly" },
};

const links: ClickedEntry[] = [
  { from: "web1", to: "ns1", role: "sync" },
  { from: "web1", to: "ns2", role: "sync" },
];

/** Addresses from 192.0.2.10 on, in this order: web1, ns1, ns2 by default. */
export async function watchCluster(
  more: {
    servers?: Record<string, SimulatedServerOptions>;
    links?: readonly ClickedEntry[];
  } = {},
): Promise<WatchedCluster> {
  const folder = mkdtempSync(join(tmpdir(), "whm-dns-status-"));
  const file = join(folder, "servers.json");
  const sim = await startSimulator({ servers: more.servers ?? servers });
  clickEntries(sim, more.links ?? links);
  const reach = (edit: (servers: Record<string, Server>) => unknown): void => {
    const known = structuredClone(sim.servers);
    for (const { connection } of Object.values(known)) connection!.dialErrorLimit = 1;
    edit(known);
    writeFileSync(file, JSON.stringify(known));
  };
  reach(() => undefined);
  const answers = new Map<string, SoaAnswer>();
  const askSoa: AskSoa = async (zone, address) => {
    const [name = ""] = Object.entries(sim.servers).find(([, each]) => each.address === address) ?? [];
    const serial = /(\d+)\t;Serial/.exec(sim.files(name).read(zoneFile(zone)) ?? "")?.[1];
    return Promise.resolve(answers.get(name) ?? { serial: Number(serial) });
  };
  const status = (...args: string[]): Promise<CommandLineResult> =>
    commandLine(["status", "--connections", file, ...args], {
      untilStopped: () => new Promise(() => undefined),
      askSoa,
    });
  return {
    sim,
    answer: (server, answer) => answers.set(server, answer),
    reach,
    status,
    data: async (...args) => {
      const { code, output, errors } = await status("--json", ...args);
      expect(errors).toBe("");
      return { ...(JSON.parse(output) as StatusJson), code };
    },
    stop: async () => {
      await sim.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export const down = (address: string): string => `/var/cpanel/clusterqueue/status/${address}-down`;
export const calls = (address: string): string => `/var/cpanel/clusterqueue/status/${address}`;
