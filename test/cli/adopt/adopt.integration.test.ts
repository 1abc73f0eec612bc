import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { startSimulator, type Simulator } from "../../../provider/simulator";
import { parseTopology, validateTopology } from "../../../provider";
import { clickEntries } from "../../helpers/clicked-cluster";
import { runCommand } from "../../helpers/run-command";
import { memberFile, writes } from "../../helpers/server-files";
import { commandLine, type CommandLineResult } from "../helpers";

const never = () => new Promise<void>(() => undefined);
const repository = resolve(__dirname, "../../..");

describe("whm-dns adopt, without a stack", () => {
  let simulator: Simulator;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "whm-adopt-"));
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel" },
        web2: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        ns2: { type: "dnsonly" },
      },
    });
    clickEntries(simulator, [
      { from: "web1", to: "ns1", role: "sync" },
      { from: "web1", to: "ns2", role: "sync" },
      { from: "web2", to: "ns1", role: "write-only" },
    ]);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await simulator.stop();
  });

  const text = (name: string) => readFileSync(join(folder, "dns", name), "utf8");
  const modeOf = (name: string) => statSync(join(folder, "dns", name)).mode & 0o777;

  /** Runs the command with connections to some servers. */
  function adopt(
    flags: readonly string[] = [],
    names = Object.keys(simulator.servers),
  ): Promise<CommandLineResult> {
    const known = Object.fromEntries(names.map((name) => [name, simulator.servers[name]]));
    writeFileSync(join(folder, "servers.json"), JSON.stringify(known));
    const args = ["--connections", join(folder, "servers.json"), "--out", join(folder, "dns"), ...flags];
    return commandLine(["adopt", ...args], { untilStopped: never });
  }

  test("[I] writes a program that compiles, its topology, a page, and the connections for its owner alone", async () => {
    const { code, output, errors } = await adopt();
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toContain("Found a cluster with 3 entries on 4 servers.");
    expect(readdirSync(join(folder, "dns")).sort()).toEqual([
      ".gitignore",
      "ADOPTED.md",
      "Pulumi.yaml",
      "cluster.yaml",
      "index.ts",
      "package.json",
      "servers.json",
      "tsconfig.json",
    ]);
    expect(modeOf("servers.json")).toBe(0o600);
    expect(
      validateTopology(parseTopology(parse(text("cluster.yaml")))).map(({ severity }) => severity),
    ).not.toContain("error");
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    const args = [tsc, "--noEmit", "-p", join(folder, "dns")];
    expect(await runCommand(process.execPath, args)).toEqual({ code: 0, stdout: "", stderr: "" });
    const prettier = join(repository, "node_modules/prettier/bin/prettier.cjs");
    const checked = await runCommand(process.execPath, [prettier, "--no-config", "--check", "index.ts"], {
      folder: join(folder, "dns"),
    });
    expect(checked).toMatchObject({ code: 0 });
  });

  test("[I] writes nothing on any server, opens one connection to each, and prints no secret", async () => {
    let logIns = 0;
    const stop = simulator.watch(
      ({ door, operation }) => (logIns += door === "ssh" && operation === "login" ? 1 : 0),
    );
    const { output, errors } = await adopt();
    stop();
    expect(writes(simulator)).toEqual([]);
    expect(logIns).toBe(4);
    const shown = [output, errors, text("index.ts"), text("ADOPTED.md"), text("cluster.yaml")].join("\n");
    for (const { api, connection } of Object.values(simulator.servers))
      for (const secret of [api!.token!, connection!.privateKey!]) expect(shown).not.toContain(secret);
    const entry = simulator.files("web1").read("/var/cpanel/cluster/root/config/192.0.2.12")!;
    expect(shown).not.toContain(/pass=(\S+)/.exec(entry)![1]);
  });

  test("[I] begins at one server and follows the members", async () => {
    const { code, output } = await adopt(["--from", "web2", "--json"]);
    expect(code).toBe(0);
    const { clusters, leftAlone, unreadable } = JSON.parse(output) as Record<string, unknown[]>;
    expect(clusters).toMatchObject([{ name: "dns", topology: { links: [{ from: "web2", to: "ns1" }] } }]);
    expect([leftAlone, unreadable]).toEqual([expect.any(Array), []]);
    expect(simulator.journal().filter(({ server }) => server === "ns2")).toEqual([]);
  });

  test("[I] asks how to log in to members that no connection leads to, and goes on with the file", async () => {
    const { code, output } = await adopt(["--from", "web1"], ["web1", "ns1"]);
    const file = join(folder, "dns", "connections.yaml");
    expect(code).toBe(3);
    expect(output.split("\n").slice(0, 4)).toEqual([
      "One server is a member of the cluster, and nothing says how to log in to it:",
      "  ns2: 192.0.2.13 (ns2.example.com), a member on web1",
      `Say it in ${file}, then run:`,
      `  whm-dns adopt --connections ${file} --from web1 --out ${join(folder, "dns")}`,
    ]);
    expect(readdirSync(join(folder, "dns"))).toEqual([".gitignore", "connections.yaml"]);
    expect(modeOf("connections.yaml")).toBe(0o600);
    expect(parse(text("connections.yaml"))).toMatchObject({
      web1: { connection: { user: "root" } },
      ns2: { address: "192.0.2.13", hostname: "ns2.example.com", connection: { host: "ns2.example.com" } },
    });
    const filled = { ...(parse(text("connections.yaml")) as object), ns2: simulator.servers["ns2"] };
    writeFileSync(file, JSON.stringify(filled));
    const args = ["adopt", "--connections", file, "--from", "web1", "--out", join(folder, "dns")];
    const again = await commandLine(args, { untilStopped: never });
    expect(again).toMatchObject({ code: 0, errors: "" });
    expect(again.output).toContain("Found a cluster with 2 entries on 3 servers.");
  });

  test("[I] replaces no file that somebody has filled in, and tells of a server that it couldn't read", async () => {
    simulator.fault("ns1", "refuse", { door: "ssh" });
    const first = await adopt(["--from", "web1"], ["web1", "ns1"]);
    expect(first).toMatchObject({ code: 3, errors: expect.stringContaining("on ns1") as string });
    expect(first.output).toContain("ns2: 192.0.2.13");
    expect(await adopt(["--from", "web1"], ["web1", "ns1"])).toMatchObject({ code: 3 });
    writeFileSync(join(folder, "dns", "connections.yaml"), "mine: {}\n");
    const { code, errors } = await adopt(["--from", "web1"], ["web1", "ns1"]);
    expect({ code, errors }).toEqual({
      code: 2,
      errors: expect.stringContaining("connections.yaml is there already") as string,
    });
    expect(text("connections.yaml")).toBe("mine: {}\n");
  });

  test("[I] takes a server that two connections lead to for one, and says so", async () => {
    writeFileSync(
      join(folder, "servers.json"),
      JSON.stringify({ ...simulator.servers, web9: { ...simulator.servers["web1"], address: "192.0.2.99" } }),
    );
    const args = ["--connections", join(folder, "servers.json"), "--out", join(folder, "dns")];
    const { code, output } = await commandLine(["adopt", ...args], { untilStopped: never });
    expect(code).toBe(0);
    expect(output).toContain("Found a cluster with 3 entries on 4 servers.");
    expect(output).toContain("web1: connection web9: it leads to the same server.");
    expect(Object.keys(JSON.parse(text("servers.json")) as object)).toEqual(Object.keys(simulator.servers));
  });

  test("[I] finds a server at both its addresses", async () => {
    const publicAddress = "203.0.113.53";
    await simulator.addServer("ns3", { type: "dnsonly", publicAddress });
    clickEntries(simulator, [
      { from: "web1", to: "ns3", role: "write-only" },
      { from: "web2", to: "ns3", role: "sync", address: publicAddress },
    ]);
    const { publicAddress: _outside, ...known } = simulator.servers["ns3"]!;
    writeFileSync(join(folder, "servers.json"), JSON.stringify({ ...simulator.servers, ns3: known }));
    const args = ["--connections", join(folder, "servers.json"), "--out", join(folder, "dns")];
    const { code, output } = await commandLine(["adopt", ...args], { untilStopped: never });
    expect(code).toBe(0);
    expect(output).toContain("Found a cluster with 5 entries on 5 servers.");
    expect(text("cluster.yaml")).toContain(`publicAddress: ${publicAddress}`);
  });

  test("[I] reads past what is no file", async () => {
    simulator.files("web1").write("/var/cpanel/cluster/root/config/before-the-move/192.0.2.9", "");
    simulator.files("web1").write("/var/cpanel/cluster/README", "");
    expect(await adopt()).toMatchObject({ code: 0, errors: "" });
  });

  test("[I] says only why when it can't log in to the server to begin with", async () => {
    const { host, port } = simulator.servers["web1"]!.connection!;
    const args = ["adopt", "--from", `root@${host}:${port}`, "--out", join(folder, "dns")];
    const { code, output, errors } = await commandLine(args, { untilStopped: never });
    expect({ code, output }).toEqual({ code: 3, output: "" });
    expect(errors).toContain(`on ${host}: `);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("[I] goes on without a server that can't be read, and says what to mend", async () => {
    simulator.fault("ns2", "refuse", { door: "ssh" });
    const { code, output, errors } = await adopt();
    expect(code).toBe(3);
    expect(output).toContain("web1: entry for ns2: ns2 could not be read");
    expect(errors).toContain("on ns2");
    expect(text("index.ts")).toContain('{ from: "web2", to: "ns1", role: "write-only" }');
    expect(text("ADOPTED.md")).toContain("Nothing was brought into a stack");
    expect(readdirSync(join(folder, "dns"))).not.toContain("servers.json");
  });

  test("[I] replaces what such a run has written, unless somebody has changed it", async () => {
    simulator.fault("ns2", "refuse", { door: "ssh" });
    await adopt();
    writeFileSync(join(folder, "dns", "index.ts"), `${text("index.ts")}// mine\n`);
    simulator.clearFaults();
    expect(await adopt()).toMatchObject({
      code: 2,
      errors: expect.stringContaining("has index.ts already") as string,
    });
    writeFileSync(join(folder, "dns", "index.ts"), text("index.ts").replace("// mine\n", ""));
    expect(await adopt()).toMatchObject({ code: 0, errors: "" });
    expect(text("index.ts")).toContain('"ns2"');
    expect(text("ADOPTED.md")).not.toContain("Nothing was brought into a stack");
    expect(text(".gitignore").split("\n")).toEqual(["node_modules/", "servers.json", "connections.yaml", ""]);
  });

  test("[I] writes nothing while somebody works on a server, and names it", async () => {
    let looks = 0;
    const stop = simulator.watch(({ server, target }) => {
      if (server !== "web2" || target !== "/var/cpanel/useclusteringdns") return;
      looks += 1;
      if (looks === 2) simulator.files("web2").write("/etc/ips.remotedns", "192.0.2.13\n", 0o644);
    });
    const { code, errors } = await adopt();
    stop();
    expect({ code, errors }).toEqual({
      code: 3,
      errors: expect.stringMatching(
        /^web2 changed while the servers were read\. Nothing was written\./,
      ) as string,
    });
    expect(readdirSync(folder)).toEqual(["servers.json"]);
  });

  test("[I] replaces no file with other contents", async () => {
    await adopt();
    writeFileSync(join(folder, "dns", "index.ts"), "// mine\n");
    const { code, errors } = await adopt();
    expect(code).toBe(2);
    expect(errors).toContain("has index.ts already, with other contents");
    expect(text("index.ts")).toBe("// mine\n");
  });

  test.each(["ADOPTED.md", "servers.json"])("[I] replaces no %s of somebody else", async (name) => {
    mkdirSync(join(folder, "dns"));
    writeFileSync(join(folder, "dns", name), "mine\n");
    const { code, errors } = await adopt();
    expect(code).toBe(2);
    expect(errors).toContain(name);
    expect(errors).toContain("already, with other contents. Nothing is replaced");
    expect(readdirSync(join(folder, "dns"))).toEqual([name]);
    expect(text(name)).toBe("mine\n");
  });

  test("[I] replaces its own page, unless somebody has noted something there", async () => {
    await adopt();
    expect(await adopt(["--owned"])).toMatchObject({ code: 0, errors: "" });
    expect(text("ADOPTED.md")).toContain("The stack owns the cluster");
    writeFileSync(
      join(folder, "dns", "ADOPTED.md"),
      text("ADOPTED.md").replace("## What", "mended\n\n## What"),
    );
    expect(await adopt()).toMatchObject({
      code: 2,
      errors: expect.stringContaining("has ADOPTED.md already") as string,
    });
    expect(text("ADOPTED.md")).toContain("mended");
  });

  test("[I] replaces what it has written on another day, though the date differs", async () => {
    await adopt();
    const date = new Date().toISOString().slice(0, 10);
    expect(text("index.ts")).toContain(date);
    const tomorrow = Date.now() + 86_400_000;
    const now = jest.spyOn(Date, "now").mockImplementation(() => tomorrow);
    try {
      expect(await adopt()).toMatchObject({ code: 0, errors: "" });
    } finally {
      now.mockRestore();
    }
    expect(text("index.ts")).not.toContain(date);
  });

  test("[I] shows what servers say as plain text, on the page too", async () => {
    const evil = "<img src=x>[a](javascript:1)\u001b[31m`$\{1}";
    const files = simulator.files("web1");
    files.write("/etc/ips.remotedns", `203.0.113.9 ${evil}\n`, 0o644);
    const { code, output } = await adopt();
    expect(code).toBe(0);
    expect(output).toContain("203.0.113.9 <img src=x>");
    expect(text("ADOPTED.md")).toContain("203.0.113.9 &#60;img src=x>");
    expect(output + text("ADOPTED.md")).not.toContain("\u001b");
  });

  test("[I] asks for a member without a usable host name by its address", async () => {
    const name = memberFile("192.0.2.13");
    const files = simulator.files("web1");
    files.write(name, files.read(name)!.replace("host=ns2.example.com", "host=ns2 `x`"), 0o600);
    const { code, output } = await adopt(["--from", "web1"], ["web1", "ns1"]);
    expect(code).toBe(3);
    expect(output).toContain("  192.0.2.13: 192.0.2.13, a member on web1\n");
    expect(parse(text("connections.yaml"))).toMatchObject({
      "192.0.2.13": { address: "192.0.2.13", connection: { host: "192.0.2.13" } },
    });
  });

  test("[I] leaves the connections that it begins with as they are", async () => {
    await adopt();
    const known = JSON.stringify(simulator.servers);
    writeFileSync(join(folder, "dns", "servers.json"), known);
    const args = ["--connections", join(folder, "dns", "servers.json"), "--out", join(folder, "dns")];
    expect(await commandLine(["adopt", ...args], { untilStopped: never })).toMatchObject({ code: 0 });
    expect(text("servers.json")).toBe(known);
  });

  test("[I] tells that Git does not leave out a file with secrets", async () => {
    mkdirSync(join(folder, "dns"));
    writeFileSync(join(folder, "dns", ".gitignore"), "node_modules/\n");
    const { code, errors } = await adopt();
    expect(code).toBe(0);
    expect(errors).toMatch(/^warning: .*\.gitignore does not name servers\.json/);
    expect(text(".gitignore")).toBe("node_modules/\n");
  });

  test("[I] ends with 1 if there is nothing to adopt, and with 2 if it does not know where to begin", async () => {
    expect(await adopt([], ["ns1", "ns2"])).toMatchObject({
      code: 1,
      output: expect.stringContaining("No link was found that can be adopted") as string,
    });
    const { code, errors } = await commandLine(["adopt", "--out", join(folder, "x")], {
      untilStopped: never,
    });
    expect({ code, errors }).toEqual({
      code: 2,
      errors: expect.stringMatching(/^Say where to begin: /) as string,
    });
    expect(await adopt(["--from", "no such host!"])).toMatchObject({ code: 2 });
    expect(await adopt(["--claim"])).toMatchObject({ code: 2 });
  });

  test.each([
    [
      "an old Pulumi",
      "echo v3.226.0",
      "Pulumi v3.226.0 is too old to bring in a cluster: 3.227 or newer is needed.",
    ],
    ["no Pulumi", undefined, "Pulumi's command line is not on PATH."],
  ])("[I] refuses %s before it looks at a server", async (_title, script, sentence) => {
    const path = process.env["PATH"];
    if (script !== undefined)
      writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    process.env["PATH"] = script === undefined ? "" : `${folder}:/bin:/usr/bin`;
    try {
      const { code, errors } = await adopt(["--stack", "dev"]);
      expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining(sentence) as string });
    } finally {
      process.env["PATH"] = path;
    }
    expect(simulator.journal()).toEqual([]);
  });

  test("[I] stops on request without a trace", async () => {
    writeFileSync(join(folder, "servers.json"), JSON.stringify(simulator.servers));
    const args = ["adopt", "--connections", join(folder, "servers.json"), "--out", join(folder, "dns")];
    const { code, errors } = await commandLine(args, { untilStopped: () => Promise.resolve() });
    expect({ code, errors }).toEqual({ code: 2, errors: "Stopped. Nothing was changed on any server.\n" });
    expect(readdirSync(folder)).toEqual(["servers.json"]);
  });
});
