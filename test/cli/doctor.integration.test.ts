import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../provider/schema/connection";
import type { Server, Servers } from "../../provider/schema/server";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { writes } from "../helpers/server-files";
import { tokenFile } from "../helpers/stored-tokens";
import { keyPair } from "../servers/helpers/keys";
import { startSshHost, type SshHost, type SshHostOptions } from "../servers/helpers/ssh-host";
import { commandLine, type CommandLineResult } from "./helpers";

jest.setTimeout(60_000);

interface CheckData {
  check: string;
  state: string;
  message: string;
  cure?: string;
}

interface Report {
  well: boolean;
  machine: CheckData[];
  servers: { server: string; checks: CheckData[] }[];
  unreadable: { server: string; message: string }[];
}

let folder: string;
let simulator: Simulator;
const hosts: SshHost[] = [];
const [path, home, start] = [process.env["PATH"], process.env["PULUMI_HOME"], process.cwd()];

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
function installPulumi({
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

async function doctor(servers: unknown, ...options: string[]): Promise<CommandLineResult> {
  const file = join(folder, "servers.json");
  writeFileSync(file, JSON.stringify(servers));
  return commandLine(["doctor", "--connections", file, ...options], {
    untilStopped: () => new Promise(() => {}),
  });
}

async function report(servers: unknown): Promise<{ code: number; data: Report }> {
  const { code, output, errors } = await doctor(servers, "--json");
  expect(errors).toBe("");
  return { code, data: JSON.parse(output) as Report };
}

/** Returns what was found of a server, by check. */
function checksOf({ servers }: Report, name = "ns1"): Record<string, CheckData> {
  const { checks = [] } = servers.find(({ server }) => server === name) ?? {};
  return Object.fromEntries(checks.map((each) => [each.check, each]));
}

/** Returns the checks of a server that are in a state. */
function inState(data: Report, state: string, name = "ns1"): string[] {
  return Object.values(checksOf(data, name))
    .filter((each) => each.state === state)
    .map(({ check }) => check);
}

function connected(name: string): Server & { connection: Connection; api: NonNullable<Server["api"]> } {
  const { connection, api, ...server } = simulator.servers[name]!;
  return { ...server, connection: connection!, api: api! };
}

/** The servers with another connection to ns1, without its API. */
function withConnection(change: Partial<Connection>): Servers {
  const { api: _api, ...ns1 } = connected("ns1");
  return { ...simulator.servers, ns1: { ...ns1, connection: { ...ns1.connection, ...change } } };
}

function withApi(change: Partial<Server["api"]>): Servers {
  const ns1 = connected("ns1");
  return { ...simulator.servers, ns1: { ...ns1, api: { ...ns1.api, ...change } } };
}

async function host(options: SshHostOptions = {}): Promise<SshHost> {
  const started = await startSshHost(options);
  hosts.push(started);
  return started;
}

/** Limits what the token of the connection to ns1 may do. */
function limitToken(acls: string[]): void {
  const files = simulator.files("ns1");
  const { tokens } = JSON.parse(files.read(tokenFile) ?? "") as { tokens: Record<string, object> };
  const limited = Object.entries(tokens).map(([hash, token]) => [hash, { ...token, acls }]);
  files.write(tokenFile, JSON.stringify({ tokens: Object.fromEntries(limited) as object }), 0o600);
}

function dials(server: string): number {
  return simulator.journal().filter((entry) => entry.server === server && entry.operation === "connect")
    .length;
}

const everyCheck = [
  ...["name", "port", "host-key", "login", "forwarding", "files", "product", "version"],
  ...["api", "token", "privileges", "clock", "register"],
];

describe("doctor on a clean cluster", () => {
  test("[I] every server is well, in one line each; nothing is written, and one connection is enough", async () => {
    const { code, output, errors } = await doctor(simulator.servers);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toBe(
      [
        `this machine: well, Node ${process.versions.node}, Pulumi 3.258.0, 4 checks`,
        "",
        "web1: well, cPanel & WHM 11.136.0.5, 13 checks",
        "ns1: well, DNSOnly 11.136.0.5, 13 checks",
        "",
        "2 servers: 2 well",
        "",
      ].join("\n"),
    );
    expect(writes(simulator)).toEqual([]);
    expect([dials("web1"), dials("ns1")]).toEqual([1, 1]);
  });

  test("[I] the data lists every check of every server in order", async () => {
    const { code, data } = await report(simulator.servers);
    expect({ code, ...data, machine: 0, servers: 0 }).toEqual({
      code: 0,
      well: true,
      machine: 0,
      servers: 0,
      unreadable: [],
    });
    expect(data.machine.map(({ check }) => check)).toEqual(["node", "pulumi", "plugins", "connections"]);
    expect(data.servers.map(({ server }) => server)).toEqual(["web1", "ns1"]);
    for (const { checks } of data.servers) {
      expect(checks.map(({ check }) => check)).toEqual(everyCheck);
      expect(new Set(checks.map(({ state }) => state))).toEqual(new Set(["ok"]));
    }
  });

  test("[I] whmapi1 and date answer where no api is declared", async () => {
    const { code, data } = await report(withConnection({}));
    expect(code).toBe(0);
    expect(Object.keys(checksOf(data))).toEqual(everyCheck.filter((check) => check !== "token"));
    expect(checksOf(data)["api"]?.message).toBe("whmapi1 answers over SSH");
    expect(writes(simulator)).toEqual([]);
  });

  test("[I] no secret is printed, whatever fails", async () => {
    simulator.fault("web1", "no-forwarding");
    const other = keyPair().privateKey;
    const servers = {
      ...withApi({ token: "WRONGSECRETWRONGSECRETWRONGSECRE" }),
      web1: { ...connected("web1"), connection: { ...connected("web1").connection, privateKey: other } },
    };
    for (const { output } of [await doctor(servers), await doctor(servers, "--json")]) {
      expect(output).not.toMatch(/WRONGSECRET|PRIVATE KEY/);
      for (const line of other.split("\n").filter((each) => each.length > 30))
        expect(output).not.toContain(line);
      expect(output).not.toContain(simulator.servers["web1"]!.api!.token!);
    }
  });
});

describe("doctor on the way in", () => {
  test("[I] a closed port is told quickly, with what was not tried; the other server is still checked", async () => {
    simulator.fault("ns1", "refuse", { door: "ssh" });
    const begun = performance.now();
    const { code, data } = await report({
      ...simulator.servers,
      ns1: { ...connected("ns1"), connection: { ...connected("ns1").connection, dialErrorLimit: -1 } },
    });
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(code).toBe(3);
    expect(data.well).toBe(false);
    expect(data.unreadable).toEqual([
      { server: "ns1", message: expect.stringContaining("ECONNREFUSED") as string },
    ]);
    expect(inState(data, "failed")).toEqual(["port"]);
    expect(inState(data, "skipped")).toEqual([
      ...["host-key", "login", "forwarding", "files", "product", "version", "register"],
    ]);
    expect(checksOf(data)["register"]?.message).toBe("not tried, because of port");
    expect(inState(data, "ok", "web1")).toEqual(everyCheck);
  });

  test("[I] a name that leads nowhere is reported once, and brackets around an address are noticed", async () => {
    const { api, connection, ...ns1 } = connected("ns1");
    const { host: _host, ...access } = api;
    const { code, data } = await report({
      ns1: { ...ns1, connection: { ...connection, host: "[127.0.0.1]" }, api: access },
    });
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["name"]);
    expect(checksOf(data)["name"]?.cure).toContain("without brackets");
    expect(inState(data, "ok")).toEqual([]);
  });

  test.each([
    ["says nothing", undefined],
    ["is no SSH server", "HTTP/1.1 400 Bad Request\r\n\r\n"],
  ])("[I] a port where something answers that %s", async (_title, answer) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => undefined);
      if (answer !== undefined) socket.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { code, data } = await report(withConnection({ port, perDialTimeout: 0.3 }));
    sockets.forEach((socket) => socket.destroy());
    server.close();
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["port"]);
    expect(inState(data, "ok")).toEqual(["name"]);
  });

  test("[I] a changed host key fails before any log-in", async () => {
    simulator.fault("ns1", "host-key-changed");
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["host-key"]);
    expect(checksOf(data)["host-key"]?.message.match(/SHA256:/g)).toHaveLength(2);
    expect(checksOf(data)["login"]?.state).toBe("skipped");
  });

  test("[I] an unknown host key fails with the command that adds it, and an unchecked one is a warning", async () => {
    const { hostKey: _hostKey, ...connection } = connected("ns1").connection;
    const unknown = await report({ ns1: { ...connected("ns1"), connection } });
    expect(inState(unknown.data, "failed")).toEqual(["host-key"]);
    expect(checksOf(unknown.data)["host-key"]?.cure).toContain("ssh-keyscan");
    const unchecked = await report({
      ns1: { ...connected("ns1"), connection: { ...connection, insecureSkipHostKeyCheck: true } },
    });
    expect(unchecked.code).toBe(0);
    expect(inState(unchecked.data, "warning")).toEqual(["host-key"]);
  });

  test("[I] a pinned key that is no key is a failure of the host key", async () => {
    const { code, data } = await report(withConnection({ hostKey: "AAAA" }));
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["host-key"]);
    expect(checksOf(data)["name"]?.message).toBe("not tried, because of host-key");
  });

  test("[I] a refused key is tried once", async () => {
    const { code, data } = await report(withConnection({ privateKey: keyPair().privateKey }));
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["login"]);
    expect(inState(data, "ok")).toEqual(["name", "port", "host-key"]);
    expect(data.unreadable.map(({ server }) => server)).toEqual(["ns1"]);
    expect(dials("ns1")).toBe(1);
  });

  test("[I] an encrypted key without its passphrase is told, and no server is dialled", async () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase: "geheim" },
    });
    const { code, data } = await report(withConnection({ privateKey }));
    expect(code).toBe(3);
    expect(checksOf(data)["login"]).toMatchObject({
      state: "failed",
      cure: expect.stringContaining("privateKeyPassword") as string,
    });
    expect(dials("ns1")).toBe(0);
  });

  test("[I] an agent that is not there is told as such", async () => {
    const { privateKey: _key, ...connection } = connected("ns1").connection;
    const { code, data } = await report({
      ns1: { ...connected("ns1"), connection: { ...connection, agentSocketPath: join(folder, "agent") } },
    });
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["login"]);
    expect(checksOf(data)["login"]?.message).toContain("does not answer");
    expect(checksOf(data)["login"]?.cure).toContain("ssh-add");
  });

  test("[I] a key file that is missing is a failure of the log-in", async () => {
    const { privateKey: _key, ...connection } = connected("ns1").connection;
    const { data } = await report({
      ns1: { ...connected("ns1"), connection: { ...connection, privateKeyFile: join(folder, "id") } },
    });
    expect(checksOf(data)["login"]?.message).toContain("ENOENT");
  });

  test("[I] a server with neither connection nor api can't be read; with api alone its tokens can be managed", async () => {
    const { connection: _connection, api: _api, ...bare } = connected("ns1");
    const { connection: _unused, ...withToken } = connected("web1");
    const { code, data } = await report({ ns1: bare, web1: withToken });
    expect(code).toBe(3);
    expect(data.unreadable.map(({ server }) => server)).toEqual(["ns1"]);
    expect(inState(data, "failed")).toEqual(["connection"]);
    expect(inState(data, "warning", "web1")).toEqual(["connection"]);
    expect(inState(data, "ok", "web1")).toEqual(["version", "api", "token", "privileges", "clock"]);
  });

  test("[I] with api alone a dead API means that the server can't be read", async () => {
    simulator.fault("ns1", "refuse", { door: "api" });
    const { connection: _connection, ...ns1 } = connected("ns1");
    const { code, data } = await report({ ns1 });
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["api"]);
    expect(inState(data, "skipped")).toEqual(["version", "token", "privileges", "clock"]);
  });
});

describe("doctor behind a bastion", () => {
  /** Puts a bastion before ns1. */
  function behind({ connection }: SshHost, change: Partial<Connection> = {}, proxy: object = {}): Servers {
    const { dialErrorLimit: _limit, ...hop } = connection;
    return withConnection({ ...change, proxy: { ...hop, ...proxy } });
  }

  test("[I] both are well", async () => {
    const { code, data } = await report(behind(await host({ forwarding: true })));
    expect(code).toBe(0);
    expect(Object.keys(checksOf(data))[0]).toBe("bastion");
  });

  test("[I] a bastion that refuses the log-in is blamed, and not the server", async () => {
    const bastion = await host({ forwarding: true });
    const { code, data } = await report(behind(bastion, {}, { privateKey: keyPair().privateKey }));
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["bastion"]);
    expect(checksOf(data)["bastion"]?.message).toContain(
      `the bastion 127.0.0.1 port ${bastion.connection.port}`,
    );
    expect(inState(data, "ok")).toEqual([]);
    expect(bastion.counts.refusals).toBe(1);
  });

  test("[I] a bastion that does not forward is blamed", async () => {
    const { data } = await report(behind(await host()));
    expect(inState(data, "failed")).toEqual(["bastion"]);
    expect(checksOf(data)["bastion"]?.cure).toContain(
      "AllowTcpForwarding yes in the sshd_config of the bastion",
    );
  });

  test("[I] a server that the bastion does not reach is blamed itself", async () => {
    simulator.fault("ns1", "refuse", { door: "ssh" });
    const { data } = await report(behind(await host({ forwarding: true })));
    expect(inState(data, "ok")).toEqual(["bastion", "name"]);
    expect(inState(data, "failed")).toEqual(["port"]);
  });

  test("[I] an API that is called past the bastion says so", async () => {
    simulator.fault("ns1", "refuse", { door: "api" });
    const servers = behind(await host({ forwarding: true }));
    const { host: _host, ...api } = connected("ns1").api;
    const { data } = await report({ ...servers, ns1: { ...servers["ns1"], api } });
    expect(checksOf(data)["api"]?.cure).toContain("not through the bastion");
  });
});

describe("doctor on what runs there", () => {
  test("[I] refused forwarding is a warning with its option", async () => {
    simulator.fault("ns1", "no-forwarding");
    const { code, data } = await report(simulator.servers);
    expect({ code, well: data.well }).toEqual({ code: 0, well: true });
    expect(inState(data, "warning")).toEqual(["forwarding"]);
    expect(checksOf(data)["forwarding"]?.cure).toContain("AllowTcpForwarding");
  });

  test("[I] a chroot or a rescue system is told, and the server counts as read", async () => {
    simulator.files("ns1").remove("/usr/local/cpanel/version");
    const { code, data } = await report(simulator.servers);
    expect({ code, unreadable: data.unreadable }).toEqual({ code: 1, unreadable: [] });
    expect(inState(data, "failed")).toContain("files");
    expect(checksOf(data)["files"]?.cure).toMatch(/rescue system, a chroot/);
    for (const check of ["product", "version", "register"])
      expect(checksOf(data)[check]?.message).toBe("not tried, because of files");
  });

  test("[I] an SFTP subsystem that is missing is told", async () => {
    const { connection } = await host({ onExec: (_line, channel) => channel.end() });
    const { code, data } = await report(withConnection(connection));
    expect(code).toBe(1);
    expect(checksOf(data)["files"]).toMatchObject({
      state: "failed",
      cure: expect.stringContaining("Subsystem sftp internal-sftp") as string,
    });
  });

  test("[I] a log-in that prints text of its own is told where it spoils whmapi1", async () => {
    const onExec: SshHostOptions["onExec"] = (line, channel) => {
      channel.write(`Welcome!\n${line.includes("date") ? Math.floor(Date.now() / 1000) : '{"data":{}}'}\n`);
      channel.exit(0);
      channel.end();
    };
    const { connection } = await host({ onExec });
    const { data } = await report(withConnection(connection));
    expect(checksOf(data)["api"]?.cure).toContain(".bashrc");
    expect(checksOf(data)["clock"]).toMatchObject({ state: "warning" });
  });

  test("[I] another product than declared fails, another version than declared is a warning", async () => {
    const { code, data } = await report({
      ...simulator.servers,
      ns1: { ...connected("ns1"), type: "cpanel", version: "11.130" },
      web1: { ...connected("web1"), version: "136" },
    });
    expect(code).toBe(1);
    expect(checksOf(data)["product"]?.cure).toContain("type: dnsonly");
    expect(checksOf(data)["version"]?.state).toBe("warning");
    expect(checksOf(data, "web1")["version"]?.state).toBe("ok");
  });

  test("[I] a version that is too old fails", async () => {
    simulator.files("ns1").write("/usr/local/cpanel/version", "10.8.2\n", 0o644);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["version"]);
  });

  test("[I] a clock that is wrong fails, over HTTPS and by a command; 59 seconds are no failure", async () => {
    let ahead = 3_600_000;
    const others = await startSimulator({
      servers: { a: { type: "cpanel" }, b: { type: "dnsonly" } },
      clock: () => Date.now() + ahead,
    });
    const { api: _api, ...b } = others.servers["b"]!;
    const wrong = await report({ a: others.servers["a"], b });
    ahead = -59_000;
    const nearly = await report({ a: others.servers["a"], b });
    await others.stop();
    expect([wrong.code, nearly.code]).toEqual([1, 0]);
    for (const name of ["a", "b"]) {
      expect(checksOf(wrong.data, name)["clock"]).toMatchObject({ state: "failed" });
      expect(checksOf(wrong.data, name)["clock"]?.message).toContain("60 min ahead of");
      expect(checksOf(nearly.data, name)["clock"]?.message).toMatch(/5[789] s behind/);
    }
    expect(writes(others)).toEqual([]);
  });

  test("[I] two names for one machine fail on both", async () => {
    const { api: _api, ...ns1 } = connected("ns1");
    const { code, data } = await report({
      ns1,
      ns2: { ...ns1, address: "192.0.2.99", hostname: "ns2.example.com" },
    });
    expect(code).toBe(1);
    expect(checksOf(data)["register"]?.message).toContain("that ns2 leads to as well");
    expect(checksOf(data, "ns2")["register"]?.message).toContain("that ns1 leads to as well");
  });
});

describe("doctor on API and token", () => {
  test("[I] another certificate fails, and no token is sent", async () => {
    const { code, data } = await report(withApi({ fingerprint: "AB:".repeat(31) + "AB" }));
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["api"]);
    expect(inState(data, "skipped")).toEqual(["token", "privileges"]);
    expect(checksOf(data)["clock"]?.state).toBe("ok");
    expect(simulator.journal().filter(({ server, door }) => server === "ns1" && door === "api")).toEqual([]);
  });

  test("[I] a wrong token is presented once", async () => {
    const { code, data } = await report(withApi({ token: "0123456789ABCDEF0123456789ABCDEF" }));
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["token"]);
    expect(inState(data, "skipped")).toEqual(["privileges"]);
    expect(simulator.journal().filter(({ server, door }) => server === "ns1" && door === "api")).toHaveLength(
      1,
    );
  });

  test("[I] a token whose variable is not set fails without a call", async () => {
    const { token: _token, ...api } = connected("ns1").api;
    const { data } = await report({
      ns1: { ...connected("ns1"), api: { ...api, tokenEnv: "WHM_TEST_UNSET" } },
    });
    expect(checksOf(data)["token"]?.message).toContain("WHM_TEST_UNSET");
    expect(checksOf(data)["api"]?.state).toBe("skipped");
  });

  test.each([
    [["clustering"], "manage-api-tokens"],
    [["manage-api-tokens"], "clustering"],
  ])("[I] a token with %j lacks %s", async (acls, missing) => {
    limitToken(acls);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["privileges"]);
    expect(checksOf(data)["privileges"]?.message).toContain(`lacks ${missing},`);
  });

  test("[I] a token with both is enough", async () => {
    limitToken(["clustering", "manage-api-tokens"]);
    expect((await report(simulator.servers)).code).toBe(0);
  });

  test("[I] an API of another server than SSH leads to is noticed", async () => {
    const { code, data } = await report({ ns1: { ...connected("ns1"), api: connected("web1").api } });
    expect(code).toBe(1);
    expect(checksOf(data)["api"]?.message).toBe(
      "the API is that of web1.example.com, but the connection leads to ns1.example.com",
    );
  });

  test("[I] an API that is down fails alone; the clock is then asked by a command", async () => {
    simulator.fault("ns1", "refuse", { door: "api" });
    const { code, data } = await report(simulator.servers);
    expect({ code, unreadable: data.unreadable }).toEqual({ code: 1, unreadable: [] });
    expect(inState(data, "failed")).toEqual(["api"]);
    expect(inState(data, "warning")).toEqual(["forwarding"]);
    expect(checksOf(data)["clock"]?.state).toBe("ok");
  });
});

describe("doctor on the register", () => {
  const register = "/var/cpanel/.pulumi-whm";
  const record = (more: object = {}) =>
    JSON.stringify({ format: 1, id: "0a1b2c3d4e5f", made: "2026-11-01T00:00:00.000Z", ...more });
  const claim = (stack: string) => JSON.stringify({ format: 1, owner: stack, resource: "m" });

  test("[I] claims are told with their stacks", async () => {
    const files = simulator.files("ns1");
    files.write(`${register}/server.json`, record(), 0o600);
    files.write(`${register}/member.192.0.2.10.0123456789abcdef-1.json`, claim("acme/dns/prod"), 0o600);
    files.write(`${register}/line.192.0.2.10.0123456789abcdef-1.json`, claim("acme/dns/dev"), 0o600);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(0);
    expect(checksOf(data)["register"]?.message).toBe("2 claims of acme/dns/dev and acme/dns/prod");
  });

  test("[I] what a claim says can't forge lines of the report", async () => {
    const files = simulator.files("ns1");
    files.write(`${register}/server.json`, record(), 0o600);
    files.write(
      `${register}/member.192.0.2.10.0123456789abcdef-1.json`,
      claim("acme\nweb9: well\u001b[2J"),
      0o600,
    );
    files.write(`${register}/turn`, "x\n", 0o600);
    const { output } = await doctor(simulator.servers);
    expect(output).toContain("acme web9: well");
    expect(output).not.toMatch(/^web9/m);
    expect(output).not.toContain("\u001b");
  });

  test.each([
    ["a record of another machine", record({ hostname: "other.example.com" }), "other.example.com"],
    ["a record of a later format", record({ format: 2 }), "newer version"],
  ])("[I] %s fails, and everything else is still checked", async (_title, text, words) => {
    simulator.files("ns1").write(`${register}/server.json`, text, 0o600);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["register"]);
    expect(checksOf(data)["register"]?.message).toContain(words);
    expect(inState(data, "skipped")).toEqual([]);
  });

  test("[I] a damaged claim fails and is named", async () => {
    simulator.files("ns1").write(`${register}/server.json`, record(), 0o600);
    simulator.files("ns1").write(`${register}/member.192.0.2.10.0123456789abcdef-1.json`, "{}", 0o600);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(checksOf(data)["register"]?.message).toContain("member.192.0.2.10");
  });

  test.each([
    ["a turn", `${register}/turn`, "turn"],
    [
      "a temporary file",
      `${register}/.pulumi-whm.0123456789abcdef-42.0123456789abcdef.new`,
      "1 temporary file",
    ],
    [
      "a temporary file beside the members",
      "/var/cpanel/cluster/root/.pulumi-whm.0123456789abcdef-42.0123456789abcdef.new",
      "1 temporary file",
    ],
    ["a record that was not written to its end", `${register}/server.json`, "server.json"],
    [
      "a claim that was not written to its end",
      `${register}/line.192.0.2.10.0123456789abcdef-1.json`,
      "1 claim",
    ],
  ])("[I] %s of a killed run is a warning", async (_title, file, words) => {
    simulator.files("ns1").write(file, "", 0o600);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(0);
    expect(inState(data, "warning")).toEqual(["register"]);
    expect(checksOf(data)["register"]?.message).toContain(words);
    expect(writes(simulator)).toEqual([]);
  });
});

describe("doctor on this machine", () => {
  const machine = (data: Report) => Object.fromEntries(data.machine.map((each) => [each.check, each]));

  test("[I] a missing command line of Pulumi fails, and the servers are still checked", async () => {
    process.env["PATH"] = folder;
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(machine(data)).toMatchObject({ pulumi: { state: "failed" }, plugins: { state: "skipped" } });
    expect(inState(data, "ok")).toEqual(everyCheck);
  });

  test("[I] an old one fails, and so do missing programs for Node", async () => {
    installPulumi({ version: "v3.226.9", programs: ["pulumi-language-nodejs"] });
    const old = await report(simulator.servers);
    expect(machine(old.data)["pulumi"]).toMatchObject({ state: "failed" });
    installPulumi({ programs: ["pulumi-language-nodejs"] });
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(machine(data)["plugins"]?.message).toMatch(/^pulumi-resource-pulumi-nodejs can't be found/);
  });

  test("[I] a program for Node in the SDK of the current folder is found", async () => {
    installPulumi({ programs: ["pulumi-language-nodejs"] });
    const sdk = join(folder, "node_modules/@pulumi/pulumi");
    mkdirSync(sdk, { recursive: true });
    writeFileSync(join(sdk, "pulumi-resource-pulumi-nodejs"), "");
    expect((await report(simulator.servers)).code).toBe(0);
  });

  test("[I] a credential in the clear configuration of a program in this folder fails with the command that mends it", async () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: dns\nruntime: nodejs\n");
    const value = JSON.stringify(simulator.servers);
    writeFileSync(join(folder, "config.json"), JSON.stringify({ "whm:servers": { value, secret: false } }));
    const { code, output } = await doctor(simulator.servers);
    expect(code).toBe(1);
    expect(output).toContain("`pulumi config get whm:servers | pulumi config set --secret whm:servers`");
    expect(output).not.toContain(simulator.servers["web1"]!.api!.token!);
    writeFileSync(join(folder, "config.json"), JSON.stringify({ "whm:servers": { secret: true } }));
    expect((await doctor(simulator.servers)).code).toBe(0);
  });

  test("[I] a program without a selected stack is no failure", async () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: dns\nruntime: nodejs\n");
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(0);
    expect(machine(data)["configuration"]?.state).toBe("skipped");
  });

  test("[I] two servers with one address fail", async () => {
    const { code, data } = await report({
      ...simulator.servers,
      web1: { ...connected("web1"), publicAddress: connected("ns1").address },
    });
    expect(code).toBe(1);
    expect(machine(data)["connections"]?.message).toBe("web1 and ns1 have the address 192.0.2.11");
  });
});

describe("doctor with bad input", () => {
  test.each([
    ["no connections", ["doctor"], "Say how to reach the servers"],
    ["a missing file", ["doctor", "--connections", "missing.json"], "missing.json"],
    ["two sources", ["doctor", "--connections", "x", "--stack", "y"], "cannot be used with"],
  ])("[I] %s ends with 2", async (_title, args, words) => {
    const { code, output, errors } = await commandLine(args);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(words);
  });

  test("[I] a malformed file ends with 2", async () => {
    expect((await doctor({ ns1: { type: "windows" } })).code).toBe(2);
  });
});
