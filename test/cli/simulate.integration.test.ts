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
  test("[I] starts one web server and two nameservers when no topology is named", async () => {
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

  test("[I] reports the started servers without secrets", async () => {
    const file = join(folder, "servers.json");
    const { output } = await commandLine(["simulate", "--out", file]);
    for (const { api } of Object.values(serversIn(readFileSync(file, "utf8")))) {
      expect(output).not.toContain(api!.token!);
    }
    expect(output).not.toMatch(/PRIVATE KEY|ssh-ed25519/);
  });

  test("[I] writes only the value to the output and the rest to the error stream if no file is named", async () => {
    const { output, errors } = await commandLine(["simulate"]);
    expect(Object.keys(serversIn(output))).toEqual(["web1", "ns1", "ns2"]);
    expect(errors).toContain("ns1: dnsonly, ");
  });

  test("[I] starts every server of a topology as the file describes it, even if the topology is rejected", async () => {
    const { code, output } = await commandLine(["simulate", "--topology", "-"], { input: rejected });
    expect(code).toBe(0);
    expect(serversIn(output)).toMatchObject({
      web1: { type: "cpanel", address: "192.0.2.10", hostname: "web1.example.com" },
      ns2: { type: "dnsonly", address: "192.0.2.54" },
    });
  });

  test("[I] closes a file that others could read, and leaves nothing else beside it", async () => {
    const file = join(folder, "servers.json");
    writeFileSync(file, "old");
    chmodSync(file, 0o644);
    await commandLine(["simulate", "--out", file]);
    expect(modeOf(file)).toBe(0o600);
    expect(Object.keys(serversIn(readFileSync(file, "utf8")))).toHaveLength(3);
    expect(readdirSync(folder)).toEqual(["servers.json"]);
  });

  test("[I] keeps a symbolic link and writes its target", async () => {
    const target = join(folder, "target.json");
    writeFileSync(target, "");
    symlinkSync(target, join(folder, "link.json"));
    await commandLine(["simulate", "--out", join(folder, "link.json")]);
    expect(modeOf(target)).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(["link.json", "target.json"]);
  });

  test("[I] writes to a device instead of replacing it", async () => {
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
    ["a missing topology", ["--topology", "/nowhere/x"], "Failed to read /nowhere/x: there is no such file"],
  ])("[I] exits with 2 and one sentence for %s", async (_title, args, sentence) => {
    const { code, output, errors } = await commandLine(["simulate", ...args]);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(sentence);
  });

  test("[I] waits for stop signals before it starts anything", async () => {
    const events: string[] = [];
    const untilStopped = () => {
      events.push("listening");
      return Promise.resolve();
    };
    await commandLine(["simulate", "--topology", "/nowhere/x"], { untilStopped });
    expect(events).toEqual(["listening"]);
  });
});
