import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { clickEntries } from "../helpers/clicked-cluster";
import { memberFile, writes } from "../helpers/server-files";
import { addToken, editTokens } from "../helpers/stored-tokens";
import { commandLine, type CommandLineResult } from "./helpers";

const day = 86_400;
const now = Math.floor(Date.now() / 1000);

let simulator: Simulator;
const folder = mkdtempSync(join(tmpdir(), "whm-dns-tokens-"));
const file = join(folder, "servers.json");
beforeEach(async () => {
  simulator = await startSimulator({
    servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } },
  });
  clickEntries(simulator, [
    { from: "web1", to: "ns1", role: "sync" },
    { from: "web1", to: "ns2", role: "sync" },
  ]);
  writeFileSync(file, JSON.stringify(simulator.servers));
});
afterEach(async () => {
  expect(writes(simulator)).toEqual([]);
  await simulator.stop();
});
afterAll(() => rmSync(folder, { recursive: true }));

const tokens = (...args: string[]): Promise<CommandLineResult> =>
  commandLine(["tokens", "--connections", file, ...args], {
    untilStopped: () => new Promise(() => undefined),
  });

interface Data {
  tokens: Record<string, unknown>[];
  unreadable: { server: string; message: string }[];
}

async function data(): Promise<Data & { code: number }> {
  const { code, output } = await tokens("--json");
  return { ...(JSON.parse(output) as Data), code };
}

/** Tokens as `server state users`, without those of the connections. */
async function found(): Promise<string[]> {
  const { tokens: all } = await data();
  return all
    .filter(({ name }) => name !== "provider-access")
    .map(({ server, state, users }) => [server, state, ...(users as string[])].join(" "));
}

test("[I] every token has a row with its age, its expiry, its privileges and who uses it", async () => {
  editTokens(simulator, "ns1", (token) => ({
    ...token,
    create_time: now - 10 * day,
    expires_at: now + 20 * day + 60,
  }));
  const { code, output, errors } = await tokens();
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  const lines = output.split("\n").map((line) => line.replace(/ {2,}/g, " | ").trim());
  expect(lines).toEqual([
    "server | token | age | expires | used by | privileges | state",
    "web1 | provider-access | 0 days | never | this connection | all | in use",
    "ns1 | clicked_for_web1 | 10 days | in 20 days | web1 | clustering | in use",
    "ns1 | provider-access | 0 days | never | this connection | all | in use",
    "ns2 | clicked_for_web1 | 0 days | never | web1 | clustering | in use",
    "ns2 | provider-access | 0 days | never | this connection | all | in use",
    "",
    "5 tokens: 5 in use",
    "",
  ]);
});

test("[I] data has times, days, users and privileges of each token", async () => {
  editTokens(simulator, "ns1", (token) => ({
    ...token,
    create_time: now - 10 * day,
    expires_at: now + 20 * day + 60,
  }));
  const { tokens: all, code, unreadable } = await data();
  expect({ code, unreadable }).toEqual({ code: 0, unreadable: [] });
  expect(all.find(({ server, name }) => server === "ns1" && name === "clicked_for_web1")).toEqual({
    server: "ns1",
    name: "clicked_for_web1",
    state: "in-use",
    created: new Date((now - 10 * day) * 1000).toISOString().replace(".000Z", "Z"),
    ageDays: 10,
    expires: new Date((now + 20 * day + 60) * 1000).toISOString().replace(".000Z", "Z"),
    daysLeft: 20,
    users: ["web1"],
    acls: ["clustering"],
  });
});

test("[I] a token that no server stores is named and is no fault", async () => {
  addToken(simulator, "ns1", "monitoring");
  expect(await found()).toEqual(["ns1 in-use web1", "ns1 stored-nowhere", "ns2 in-use web1"]);
  const { code, output } = await tokens();
  expect(code).toBe(0);
  expect(output).toMatch(/^ns1 +monitoring .* - +clustering +stored nowhere$/m);
  expect(output).toContain("6 tokens: 5 in use, 1 stored nowhere");
});

test("[I] an expired token ends with 1, whether or not it is stored", async () => {
  editTokens(simulator, "ns1", (token) => ({ ...token, expires_at: now - day }));
  expect(await found()).toEqual(["ns1 expired web1", "ns2 in-use web1"]);
  const { code, output } = await tokens();
  expect(code).toBe(1);
  expect(output).toMatch(/^ns1 +clicked_for_web1 .* on \d{4}-\d\d-\d\d +web1 +clustering +expired$/m);
});

test("[I] a stored token that its server does not know ends with 1 and has no name", async () => {
  editTokens(simulator, "ns1", () => undefined);
  expect(await found()).toEqual(["ns1 unknown web1", "ns2 in-use web1"]);
  const { code, output } = await tokens();
  expect(code).toBe(1);
  expect(output).toMatch(/^ns1 +\? +\? +\? +web1 +\? +unknown to its server$/m);
});

test("[I] a token that only a reseller's member stores is in use", async () => {
  const secret = addToken(simulator, "ns1", "for_alice");
  simulator
    .files("web1")
    .write("/var/cpanel/cluster/alice/config/192.0.2.11", `#version 2.0\nmodule=cPanel\npass=${secret}\n`);
  expect(await found()).toContain("ns1 in-use web1 (alice)");
});

test("[I] a token that two servers store has one row with both", async () => {
  const pass = /^pass=(.*)$/m.exec(simulator.files("web1").read(memberFile("192.0.2.11"))!)![1]!;
  simulator.files("ns2").write(memberFile("192.0.2.11"), `#version 2.0\nmodule=cPanel\npass=${pass}\n`);
  simulator.files("ns2").write(`${memberFile("192.0.2.11")}-dnsrole`, "standalone");
  expect(await found()).toContain("ns1 in-use web1 ns2");
});

test("[I] a server that cannot be read ends with 3 and does not hide the others", async () => {
  simulator.fault("ns1", "refuse");
  const { code, tokens: all, unreadable } = await data();
  expect(code).toBe(3);
  expect(unreadable).toEqual([{ server: "ns1", message: expect.stringContaining("on ns1") as string }]);
  expect(all.map(({ server }) => server)).toEqual(["web1", "ns2", "ns2"]);
  expect((await tokens()).output).toContain("could not be read: ");
});

test("[I] each server is logged in to once, and no secret is printed", async () => {
  const secret = addToken(simulator, "ns1", "planted");
  simulator.clearJournal();
  const { output } = await tokens("--json");
  const logins = simulator
    .journal()
    .filter(({ door, operation }) => door === "ssh" && operation === "connect");
  expect(logins.map(({ server }) => server).sort()).toEqual(["ns1", "ns2", "web1"]);
  expect(output).not.toContain(secret);
});

test("[I] without connections it says how to give them, and ends with 2", async () => {
  const { code, errors } = await commandLine(["tokens"]);
  expect(code).toBe(2);
  expect(errors).toContain("--connections FILE");
});
