import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Servers } from "../../provider/schema/server";
import { commandLine, rejected } from "./helpers";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whm-dns-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (file: string) => statSync(file).mode & 0o777;
const serversIn = (text: string) => JSON.parse(text) as Servers;

describe("simulate", () => {
  test("[I] one web server and two nameservers start when no topology is named", async () => {
    const file = join(folder, "servers.json");
    const { code, output, errors } = await commandLine(["simulate", "--out", file]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    const servers = serversIn(readFileSync(file, "utf8"));
    expect(Object.entries(servers).map(([name, { type }]) => `${name} ${type}`)).toEqual([
      "web1 cpanel",
      "ns1 dnsonly",
      "ns2 dnsonly",
    ]);
    const { address, connection, api } = servers["ns1"]!;
    expect(output).toContain(
      `ns1: dnsonly, ${address}, SSH on 127.0.0.1:${connection?.port}, API on 127.0.0.1:${api?.port}\n`,
    );
  });

  test("[I] what was started is told without a secret", async () => {
    const file = join(folder, "servers.json");
    const { output } = await commandLine(["simulate", "--out", file]);
    for (const { api } of Object.values(serversIn(readFileSync(file, "utf8")))) {
      expect(output).not.toContain(api!.token!);
    }
    expect(output).not.toMatch(/PRIVATE KEY|ssh-ed25519/);
  });

  test("[I] without a file the value alone goes to the output and the rest to the error stream", async () => {
    const { output, errors } = await commandLine(["simulate"]);
    expect(Object.keys(serversIn(output))).toEqual(["web1", "ns1", "ns2"]);
    expect(errors).toContain("ns1: dnsonly, ");
  });

  test("[I] every server of a topology is started as the file describes it, a rejected one too", async () => {
    const { code, output } = await commandLine(["simulate", "--topology", "-"], { input: rejected });
    expect(code).toBe(0);
    expect(serversIn(output)).toMatchObject({
      web1: { type: "cpanel", address: "192.0.2.10", hostname: "web1.example.com" },
      ns2: { type: "dnsonly", address: "192.0.2.54" },
    });
  });

  test("[I] a file that others could read is closed to them, and nothing else is left beside it", async () => {
    const file = join(folder, "servers.json");
    writeFileSync(file, "old");
    chmodSync(file, 0o644);
    await commandLine(["simulate", "--out", file]);
    expect(modeOf(file)).toBe(0o600);
    expect(Object.keys(serversIn(readFileSync(file, "utf8")))).toHaveLength(3);
    expect(readdirSync(folder)).toEqual(["servers.json"]);
  });

  test("[I] a symbolic link stays one, and its target is written", async () => {
    const target = join(folder, "target.json");
    writeFileSync(target, "");
    symlinkSync(target, join(folder, "link.json"));
    await commandLine(["simulate", "--out", join(folder, "link.json")]);
    expect(modeOf(target)).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(["link.json", "target.json"]);
  });

  test("[I] a device is written to and not replaced", async () => {
    const { code } = await commandLine(["simulate", "--out", "/dev/null"]);
    expect(code).toBe(0);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    expect(modeOf("/dev/null")).toBe(0o666);
  });

  test.each([
    [
      "a file that cannot be written",
      ["--out", "/nowhere/x"],
      "Failed to write /nowhere/x: there is no such file",
    ],
    [
      "a topology that is not there",
      ["--topology", "/nowhere/x"],
      "Failed to read /nowhere/x: there is no such file",
    ],
  ])("[I] %s is a sentence with 2", async (_title, args, sentence) => {
    const { code, output, errors } = await commandLine(["simulate", ...args]);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(sentence);
  });

  test("[I] it listens for the end before it starts anything", async () => {
    const events: string[] = [];
    const untilStopped = () => {
      events.push("listening");
      return Promise.resolve();
    };
    await commandLine(["simulate", "--topology", "/nowhere/x"], { untilStopped });
    expect(events).toEqual(["listening"]);
  });
});
