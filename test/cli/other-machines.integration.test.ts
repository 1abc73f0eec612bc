import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Server } from "../../provider/schema/server";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { clickEntries } from "../helpers/clicked-cluster";
import { writes } from "../helpers/server-files";
import { commandLine, type CommandLineResult } from "./helpers";

// What is read on a wrong machine must never be told of the server that is meant.

const folder = mkdtempSync(join(tmpdir(), "whm-dns-machines-"));
const [file, topology] = [join(folder, "servers.json"), join(folder, "cluster.json")];
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({
    servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } },
  });
  const links = ["ns1", "ns2"].map((to) => ({ from: "web1", to, role: "sync" as const }));
  clickEntries(simulator, links);
  const servers = Object.entries(simulator.servers).map(([name, { type, address, hostname }]) => [
    name,
    { type, address, hostname },
  ]);
  const trustedAddresses = { web1: [] };
  const rules = { "trusted-ip": { severity: "off", reason: "not looked at here" } };
  const declared = { servers: Object.fromEntries(servers) as object, links, trustedAddresses, rules };
  writeFileSync(topology, JSON.stringify(declared));
});
afterAll(async () => {
  expect(writes(simulator)).toEqual([]);
  rmSync(folder, { recursive: true });
  await simulator.stop();
});

type Edit = (servers: Record<string, Server>) => void;

function run(command: keyof typeof commands, edit: Edit): Promise<CommandLineResult> {
  const servers = structuredClone(simulator.servers);
  edit(servers);
  writeFileSync(file, JSON.stringify(servers));
  const args = [...commands[command], "--connections", file, "--json"];
  return commandLine(args, { untilStopped: () => new Promise(() => undefined) });
}

const commands = {
  status: ["status"],
  tokens: ["tokens"],
  audit: ["audit", topology],
  adopt: ["adopt", "--out", join(folder, "adopted")],
};
const everyCommand = Object.keys(commands) as (keyof typeof commands)[];
const reading = everyCommand.filter((command) => command !== "adopt");

const wayTo = ({ connection, api }: Server) => ({ connection, api });
const swapped: Edit = (servers) => {
  const [ns1, ns2] = [servers["ns1"]!, servers["ns2"]!];
  const [first, second] = [wayTo(ns1), wayTo(ns2)];
  Object.assign(ns1, second);
  Object.assign(ns2, first);
};
const copied: Edit = (servers) => Object.assign(servers["ns1"]!, wayTo(servers["ns2"]!));

/** Returns the names of the unreadable servers, each with the code of its error. */
function unreadable(output: string): string[] {
  const data = JSON.parse(output) as { unreadable: { server: string; message: string }[] };
  return data.unreadable.map(({ server, message }) => `${server} ${/\[[\w-]+\]/.exec(message)?.[0]}`);
}

describe("connections that lead to other servers than declared", () => {
  test.each(everyCommand)("[I] %s tells those servers as unreadable", async (command) => {
    const { code, output } = await run(command, swapped);
    expect(code).toBe(3);
    expect(unreadable(output).sort()).toEqual(["ns1 [another-server]", "ns2 [another-server]"]);
    expect(output).not.toMatch(/does not know|Revoke it|token-unknown/);
    rmSync(join(folder, "adopted"), { recursive: true, force: true });
  });

  test.each(reading)("[I] %s tells a copied connection, also without host names", async (command) => {
    const { code, output } = await run(command, (servers) => {
      copied(servers);
      for (const server of Object.values(servers)) delete server.hostname;
    });
    expect(code).toBe(3);
    expect(unreadable(output)).toEqual(["ns1 [another-server]"]);
    expect(output).toMatch(/leads to as well|and ns2\.example\.com with the address/);
  });

  test.each(["status", "tokens"] as const)(
    "[I] %s knows a server behind NAT by its outside address",
    async (command) => {
      const nat = "/var/cpanel/cpnat";
      simulator.files("ns1").write(nat, "192.0.2.11 203.0.113.11\n", 0o644);
      const { output } = await run(command, (servers) =>
        Object.assign(servers["ns1"]!, { address: "203.0.113.11", hostname: "other.example.net" }),
      );
      simulator.files("ns1").remove(nat);
      expect(unreadable(output)).toEqual([]);
    },
  );
});

describe("connections to no server", () => {
  test.each(everyCommand)("[I] %s is never well", async (command) => {
    const { code, output, errors } = await run(command, (servers) => {
      for (const name of Object.keys(servers)) delete servers[name];
    });
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain("names no server");
    expect(readdirSync(folder)).not.toContain("adopted");
  });
});
