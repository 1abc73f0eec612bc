import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import type { Server, Servers } from "../../../provider/schema/server";
import { startSimulator, type Simulator } from "../../../provider/simulator";
import { tokenFile } from "../../helpers/stored-tokens";
import { startSshHost, type SshHost, type SshHostOptions } from "../../servers/helpers/ssh-host";
import { commandLine, type CommandLineResult } from "../helpers";

// Two simulated servers and a stand-in for Pulumi, for each test anew.

jest.setTimeout(60_000);

interface CheckData {
  check: string;
  state: string;
  message: string;
  cure?: string;
}

export interface Report {
  well: boolean;
  machine: CheckData[];
  servers: { server: string; checks: CheckData[] }[];
  unreadable: { server: string; message: string }[];
}

export let folder: string;
export let simulator: Simulator;
const hosts: SshHost[] = [];
export const [path, home, start] = [process.env["PATH"], process.env["PULUMI_HOME"], process.cwd()];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "whm-dns-doctor-"));
  process.chdir(folder);
  installPulumi();
  simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
});

afterEach(async () => {
  process.chdir(start);
  process.env["PATH"] = path;
  if (home === undefined) delete process.env["PULUMI_HOME"];
  else process.env["PULUMI_HOME"] = home;
  await Promise.all([simulator.stop(), ...hosts.splice(0).map((host) => host.stop())]);
  rmSync(folder, { recursive: true });
});

/** Puts a command line of Pulumi on PATH, alone. */
export function installPulumi({
  version = "v3.258.0",
  programs = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"],
} = {}) {
  const bin = join(folder, "bin");
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin);
  const script = `#!/bin/sh\ncase "$1" in version) echo ${version} ;; config) /bin/cat config.json ;; *) exit 1 ;; esac\n`;
  for (const name of ["pulumi", ...programs]) writeFileSync(join(bin, name), script, { mode: 0o755 });
  process.env["PATH"] = bin;
  process.env["PULUMI_HOME"] = join(folder, "home");
}

export async function doctor(servers: unknown, ...options: string[]): Promise<CommandLineResult> {
  const file = join(folder, "servers.json");
  writeFileSync(file, JSON.stringify(servers));
  return commandLine(["doctor", "--connections", file, ...options], {
    untilStopped: () => new Promise(() => {}),
  });
}

export async function report(servers: unknown): Promise<{ code: number; data: Report }> {
  const { code, output, errors } = await doctor(servers, "--json");
  expect(errors).toBe("");
  return { code, data: JSON.parse(output) as Report };
}

/** Returns what was found of a server, by check. */
export function checksOf({ servers }: Report, name = "ns1"): Record<string, CheckData> {
  const { checks = [] } = servers.find(({ server }) => server === name) ?? {};
  return Object.fromEntries(checks.map((each) => [each.check, each]));
}

/** Returns the checks of a server that are in a state. */
export function inState(data: Report, state: string, name = "ns1"): string[] {
  return Object.values(checksOf(data, name))
    .filter((each) => each.state === state)
    .map(({ check }) => check);
}

export function connected(
  name: string,
): Server & { connection: Connection; api: NonNullable<Server["api"]> } {
  const { connection, api, ...server } = simulator.servers[name]!;
  return { ...server, connection: connection!, api: api! };
}

/** The servers with another connection to ns1, without its API. */
export function withConnection(change: Partial<Connection>): Servers {
  const { api: _api, ...ns1 } = connected("ns1");
  return { ...simulator.servers, ns1: { ...ns1, connection: { ...ns1.connection, ...change } } };
}

export function withApi(change: Partial<Server["api"]>): Servers {
  const ns1 = connected("ns1");
  return { ...simulator.servers, ns1: { ...ns1, api: { ...ns1.api, ...change } } };
}

export async function host(options: SshHostOptions = {}): Promise<SshHost> {
  const started = await startSshHost(options);
  hosts.push(started);
  return started;
}

/** Limits what the token of the connection to ns1 may do. */
export function limitToken(acls: string[]): void {
  const files = simulator.files("ns1");
  const { tokens } = JSON.parse(files.read(tokenFile) ?? "") as { tokens: Record<string, object> };
  const limited = Object.entries(tokens).map(([hash, token]) => [hash, { ...token, acls }]);
  files.write(tokenFile, JSON.stringify({ tokens: Object.fromEntries(limited) as object }), 0o600);
}

export function dials(server: string): number {
  return simulator.journal().filter((entry) => entry.server === server && entry.operation === "connect")
    .length;
}

export const everyCheck = [
  ...["name", "port", "host-key", "login", "forwarding", "files", "product", "version"],
  ...["api", "token", "privileges", "clock", "register"],
];
