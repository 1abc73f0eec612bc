import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TopologyInput } from "../../../provider/schema/topology";
import { startSimulator, type Simulator } from "../../../provider/simulator";
import type { Difference } from "../../../provider/survey";
import { clickAddress, clickEntries } from "../../helpers/clicked-cluster";
import { everyFile, renew } from "../../helpers/managed-servers";
import { memberFile } from "../../helpers/server-files";
import { link } from "../../topology/builders";
import { commandLine } from "../helpers";

// A cluster that was made by hand, for each test as it was made.

export let simulator: Simulator;
export let folder: string;
export let fresh: Record<string, Record<string, string>>;

beforeAll(async () => {
  simulator = await startSimulator({
    servers: {
      web1: { type: "cpanel", dnsServer: "powerdns" },
      ns1: { type: "dnsonly" },
      ns2: { type: "cpanel", nameserver: true },
    },
  });
  fresh = everyFile(simulator);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whm-dns-"));
  clickEntries(simulator, [
    { from: "web1", to: "ns1", role: "sync", token: pinned("web1") },
    { from: "web1", to: "ns2", role: "sync", token: pinned("web1") },
    { from: "ns2", to: "web1", role: "standalone", token: pinned("ns2") },
  ]);
  clickAddress(simulator, "web1", addressOf("ns1"), addressOf("ns2"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  renew(simulator, fresh);
});
afterAll(() => simulator.stop());

export const addressOf = (name: string) => simulator.servers[name]!.address!;
const pinned = (name: string) => ({ whitelist_ips: [addressOf(name)] });

/** What is declared of the three servers. */
export function topology(more: Partial<TopologyInput> = {}): TopologyInput {
  const servers = Object.entries(simulator.servers).map(([name, server]) => {
    const { type, address, hostname, nameserver } = server;
    return [
      name,
      { type, address, hostname, ...(name === "ns2" && { nameserver: nameserver ?? true }) },
    ] as const;
  });
  return {
    servers: Object.fromEntries(servers),
    links: [link("web1 -> ns1"), link("web1 -> ns2")],
    ...more,
  };
}

export function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

interface Run {
  declared?: TopologyInput;
  connections?: object;
}

export function audit(
  flags: string[] = [],
  { declared = topology(), connections = simulator.servers }: Run = {},
) {
  const args = [file("prod.yaml", declared), "--connections", file("servers.json", connections), ...flags];
  return commandLine(["audit", ...args], { untilStopped: () => new Promise(() => undefined) });
}

/** Connections that are tried once. */
export function impatient(): object {
  const servers = Object.entries(simulator.servers).map(([name, server]) => [
    name,
    { ...server, connection: { ...server.connection, dialErrorLimit: 1 } },
  ]);
  return Object.fromEntries(servers) as object;
}

interface Data {
  clean: boolean;
  differences: Difference[];
  unreadable: { server: string; message: string }[];
}

export async function dataOf(run: Run = {}): Promise<Data & { code: number }> {
  const { code, output } = await audit(["--json"], run);
  return { code, ...(JSON.parse(output) as Data) };
}

export const entry = (name: string) => memberFile(addressOf(name));
export const role = (name: string) => `${entry(name)}-dnsrole`;

/** Changes a server as a test wants it. */
export type Spoil = () => void;

/** Writes a file later, when addresses are known. */
export const write = (server: string, path: () => string, text: string): Spoil => {
  return () => simulator.files(server).write(path(), text, 0o600);
};
