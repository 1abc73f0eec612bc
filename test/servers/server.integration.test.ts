import { execFile } from "node:child_process";
import { createServer, type Server as TcpServer, type Socket } from "node:net";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ServerRegistry } from "../../provider/servers";
import { keyPair } from "./helpers/keys";
import { type SshHost, type SshHostOptions, startSshHost, together } from "./helpers/ssh-host";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

const echo: SshHostOptions = {
  onExec(command, channel) {
    channel.write(command);
    channel.stderr.write("note");
    channel.exit(3);
    channel.end();
  },
};

async function host(options: SshHostOptions = echo): Promise<SshHost> {
  const started = await startSshHost(options);
  cleanups.push(() => started.stop());
  return started;
}

function directory(settings: Record<string, SshHost["connection"]>): ServerRegistry {
  const servers = Object.entries(settings).map(
    ([name, connection]) => [name, { type: "dnsonly", connection }] as const,
  );
  const made = new ServerRegistry(Object.fromEntries(servers));
  cleanups.unshift(() => made.close());
  return made;
}

describe("a server's session", () => {
  test("[I] is opened with one handshake by 50 concurrent first uses", async () => {
    const ns1 = await host();
    const server = directory({ ns1: ns1.connection }).get("ns1");
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) => server.run(["echo", String(index)])),
    );
    expect(results.map((result) => result.stdout)).toEqual(results.map((_, index) => `echo ${index}`));
    expect(ns1.counts).toMatchObject({ connections: 1, logins: 1 });
  });

  test("[I] returns a program's status, output and error output unchanged", async () => {
    const ns1 = await host();
    const result = await directory({ ns1: ns1.connection })
      .get("ns1")
      .run(["printf", "a b", "$(id)", "it's"]);
    expect(result).toEqual({ exitCode: 3, stdout: "printf 'a b' '$(id)' 'it'\\''s'", stderr: "note" });
  });

  test("[I] shares a limit of ten concurrent log-ins over 30 servers", async () => {
    const hosts = await Promise.all(Array.from({ length: 30 }, () => host({ ...echo, loginDelay: 20 })));
    Object.assign(together, { unauthenticated: 0, most: 0 });
    const servers = directory(Object.fromEntries(hosts.map((one, index) => [`s${index}`, one.connection])));
    await Promise.all(servers.names().map((name) => servers.get(name).run(["true"])));
    expect(together.most).toBeGreaterThan(1);
    expect(together.most).toBeLessThanOrEqual(10);
  });

  test("[I] fails the work under way when its connection dies, and opens a new one at the next use", async () => {
    let mute = true;
    const ns1 = await host({
      onExec: (command, channel) => (mute ? ns1.cut() : echo.onExec?.(command, channel)),
    });
    const server = directory({ ns1: ns1.connection }).get("ns1");
    await expect(server.run(["first"])).rejects.toMatchObject({ code: "connection-lost", server: "ns1" });
    mute = false;
    await expect(server.run(["second"])).resolves.toMatchObject({ stdout: "second" });
    expect(ns1.counts.logins).toBe(2);
  });

  test("[I] stops a program that never ends at its deadline", async () => {
    const ns1 = await host({ onExec: () => undefined });
    const running = directory({ ns1: ns1.connection })
      .get("ns1")
      .run(["sleep", "60"], { deadlineSeconds: 0.1 });
    await expect(running).rejects.toMatchObject({ code: "timed-out", phrase: "run sleep" });
  });

  test("[I] stops endless output", async () => {
    const ns1 = await host({ onExec: (_command, channel) => void channel.write("x".repeat(5000)) });
    const running = directory({ ns1: ns1.connection }).get("ns1").run(["yes"], { outputLimit: 1000 });
    await expect(running).rejects.toMatchObject({ code: "unexpected-reply" });
  });
});

describe("dialling", () => {
  async function tcp(onConnection: (socket: Socket) => void): Promise<number> {
    const server: TcpServer = createServer(onConnection);
    const sockets: Socket[] = [];
    server.on("connection", (socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanups.push(() => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as { port: number }).port;
  }

  test("[I] fails at the deadline if a host accepts and sends nothing", async () => {
    const port = await tcp(() => undefined);
    const { connection } = await host();
    const server = directory({ ns1: { ...connection, port, perDialTimeout: 0.2 } }).get("ns1");
    await expect(server.files()).rejects.toMatchObject({ code: "timed-out" });
  });

  test("[I] tries a refused connection as often as dialErrorLimit says", async () => {
    let dials = 0;
    const port = await tcp((socket) => {
      dials += 1;
      socket.destroy();
    });
    const { connection } = await host();
    const server = directory({ ns1: { ...connection, port, dialErrorLimit: 3 } }).get("ns1");
    await expect(server.files()).rejects.toThrow(/tried 3 times/);
    expect(dials).toBe(3);
  });

  test("[I] reports a port where nobody listens as unreachable, not as an empty server", async () => {
    const { connection } = await host();
    const server = directory({ ns1: { ...connection, port: 1 } }).get("ns1");
    await expect(server.files()).rejects.toMatchObject({ code: "unreachable" });
  });

  test("[I] offers a refused key once, however many users the server has", async () => {
    const ns1 = await host();
    const wrong = keyPair().privateKey;
    const server = directory({ ns1: { ...ns1.connection, privateKey: wrong, dialErrorLimit: 10 } }).get(
      "ns1",
    );
    const results = await Promise.allSettled([server.files(), server.files(), server.run(["x"])]);
    await expect(server.files()).rejects.toMatchObject({ code: "refused-credential" });
    expect(results.every((result) => result.status === "rejected")).toBe(true);
    expect(ns1.counts).toMatchObject({ connections: 1, refusals: 1 });
  });

  test("[I] explains after a refused log-in how to set new credentials, and shows no secret", async () => {
    const ns1 = await host({ ...echo, password: "right" });
    const privateKey = keyPair().privateKey;
    const server = directory({ ns1: { ...ns1.connection, privateKey, password: "hunter2-wrong" } }).get(
      "ns1",
    );
    const error = (await server.files().catch((reason: unknown) => reason)) as Error;
    expect(error.message).toMatch(/--run-program/);
    expect(error.message).toMatch(/publickey \(connection\.privateKey\), password \(connection\.password\)/);
    for (const secret of ["hunter2-wrong", ...privateKey.split("\n").filter((line) => line.length > 20)]) {
      expect(error.message).not.toContain(secret);
    }
  });

  test("[I] uses a password if the key is refused", async () => {
    const ns1 = await host({ ...echo, password: "open sesame" });
    const connection = { ...ns1.connection, privateKey: undefined };
    const server = directory({ ns1: { ...connection, password: "open sesame" } }).get("ns1");
    await expect(server.run(["x"])).resolves.toMatchObject({ stdout: "x" });
  });

  test("[I] uses a good key even if the agent cannot be reached", async () => {
    const ns1 = await host();
    const server = directory({ ns1: { ...ns1.connection, agentSocketPath: "/nonexistent/agent" } }).get(
      "ns1",
    );
    await expect(server.run(["x"])).resolves.toMatchObject({ stdout: "x" });
  });

  test("[I] tells an agent that cannot be reached from a refusal by the server", async () => {
    const ns1 = await host();
    const { privateKey: _key, ...connection } = ns1.connection;
    const server = directory({ ns1: { ...connection, agentSocketPath: "/nonexistent/agent" } }).get("ns1");
    await expect(server.run(["x"])).rejects.toMatchObject({ code: "missing-credential" });
    expect(ns1.counts.refusals).toBe(0);
  });

  test("[I] says how far a dial has come", async () => {
    const [bastion, ns1] = [await host({ forwarding: true }), await host()];
    const { hostKey, host: address, port, user, privateKey } = bastion.connection;
    const proxy = { hostKey, host: address, port, user, privateKey };
    const server = directory({ ns1: { ...ns1.connection, proxy } }).get("ns1");
    await server.logIn();
    expect([server.dialled.hop, ...server.dialled.passed]).toEqual([
      "server",
      "name",
      "port",
      "hostKey",
      "login",
    ]);
    const other = directory({
      ns1: { ...ns1.connection, proxy: { ...proxy, hostKey: keyPair().publicKey } },
    }).get("ns1");
    await expect(other.logIn()).rejects.toMatchObject({ code: "changed-host-key" });
    expect([other.dialled.hop, other.dialled.step]).toEqual(["bastion", "hostKey"]);
  });

  test("[I] reaches a server behind a bastion", async () => {
    const [bastion, ns1] = [await host({ forwarding: true }), await host()];
    const { hostKey, host: address, port, user, privateKey } = bastion.connection;
    const proxy = { hostKey, host: address, port, user, privateKey };
    const server = directory({ ns1: { ...ns1.connection, proxy } }).get("ns1");
    await expect(server.run(["x"])).resolves.toMatchObject({ stdout: "x" });
    expect(bastion.counts.logins).toBe(1);
    expect(ns1.counts.logins).toBe(1);
  });

  test("[I] reaches a server behind a bastion behind a bastion, and closes both with it", async () => {
    const [outer, inner, ns1] = [
      await host({ forwarding: true }),
      await host({ forwarding: true }),
      await host(),
    ];
    const proxy = { ...inner.connection, proxy: outer.connection };
    const servers = directory({ ns1: { ...ns1.connection, proxy } });
    const server = servers.get("ns1");
    await expect(server.run(["x"])).resolves.toMatchObject({ stdout: "x" });
    expect([outer, inner, ns1].map(({ counts }) => counts.logins)).toEqual([1, 1, 1]);
    expect(server.dialled.route.map(({ port }) => port)).toEqual(
      [outer, inner, ns1].map(({ connection }) => connection.port),
    );
    const closed = Promise.all([outer.closed(), inner.closed()]);
    await servers.close();
    await closed;
  });

  test("[I] closes the first bastion if the second one refuses the log-in", async () => {
    const [outer, inner, ns1] = [
      await host({ forwarding: true }),
      await host({ forwarding: true }),
      await host(),
    ];
    const proxy = { ...inner.connection, privateKey: keyPair().privateKey, proxy: outer.connection };
    const server = directory({ ns1: { ...ns1.connection, proxy } }).get("ns1");
    const closed = outer.closed();
    await expect(server.logIn()).rejects.toMatchObject({
      code: "refused-credential",
      phrase: expect.stringContaining(
        `to the bastion 127.0.0.1 port ${inner.connection.port} through the bastion`,
      ) as string,
    });
    await closed;
    expect([server.dialled.hop, server.dialled.step]).toEqual(["bastion", "login"]);
    expect(ns1.counts.connections).toBe(0);
  });
});

describe("host keys", () => {
  test("[I] are refused with both fingerprints before any credential is sent if they differ from the pinned one", async () => {
    const ns1 = await host();
    const server = directory({
      ns1: { ...ns1.connection, hostKey: keyPair().publicKey, dialErrorLimit: 5 },
    }).get("ns1");
    const error = (await server.files().catch((reason: unknown) => reason)) as Error;
    expect(error).toMatchObject({ code: "changed-host-key" });
    expect(error.message.match(/SHA256:[A-Za-z0-9+/]{43}/g)).toHaveLength(2);
    expect(ns1.counts).toMatchObject({ connections: 1, refusals: 0, logins: 0 });
  });

  test("[I] are reported as changed if the pinned key has another type than the server's", async () => {
    const ns1 = await host();
    const server = directory({ ns1: { ...ns1.connection, hostKey: keyPair("ecdsa").publicKey } }).get("ns1");
    await expect(server.files()).rejects.toMatchObject({ code: "changed-host-key" });
  });

  test("[I] are accepted if the server has several and one is pinned", async () => {
    const ecdsa = keyPair("ecdsa");
    const ns1 = await host({ ...echo, hostKey: ecdsa });
    const server = directory({
      ns1: { ...ns1.connection, hostKey: `# mine\nns1.example.com ${ecdsa.publicKey}\n` },
    }).get("ns1");
    await expect(server.run(["x"])).resolves.toMatchObject({ stdout: "x" });
  });

  test.each([
    ["a fingerprint", () => "SHA256:jrJ0Vqz1Jq1Zk0dH2c1mJmWc7i9Yb4Qm7wq8J0m7w5E", /holds a fingerprint/],
    ["a revoked key alone", (key: string) => `@revoked * ${key}`, /holds revoked keys alone/],
    ["a mark that is not known", (key: string) => `@revokd ns1 ${key}`, /has a mark other than/],
    ["two marks", (key: string) => `@cert-authority @revoked ns1 ${key}`, /holds revoked keys alone/],
    ["a word", () => "ns1.example.com", /holds no public key/],
  ])("[I] are not compared with %s that is pinned in place of a key", async (_what, hostKeyOf, said) => {
    const ns1 = await host();
    const hostKey = hostKeyOf(ns1.hostKey.publicKey);
    const server = directory({ ns1: { ...ns1.connection, hostKey } }).get("ns1");
    await expect(server.files()).rejects.toMatchObject({ code: "invalid-value" });
    await expect(server.files()).rejects.toThrow(said);
    expect(ns1.counts.connections).toBe(0);
  });

  test("[I] are refused with the fingerprint if they are unknown, unless the user has disabled the check", async () => {
    const ns1 = await host();
    const unpinned = { ...ns1.connection, hostKey: undefined };
    const servers = directory({ strict: unpinned, lax: { ...unpinned, insecureSkipHostKeyCheck: true } });
    await expect(servers.get("strict").files()).rejects.toMatchObject({ code: "unknown-host-key" });
    await expect(servers.get("lax").run(["x"])).resolves.toMatchObject({ stdout: "x" });
    expect(ns1.counts.logins).toBe(1);
  });
});

describe("~/.ssh/known_hosts", () => {
  const home = mkdtempSync(join(os.tmpdir(), "home-"));
  beforeAll(() => {
    mkdirSync(join(home, ".ssh"));
    jest.spyOn(os, "homedir").mockReturnValue(home);
  });
  afterAll(() => {
    jest.restoreAllMocks();
    rmSync(home, { recursive: true });
  });

  function knowing(ns1: SshHost, key: string, marker = ""): ReturnType<ServerRegistry["get"]> {
    const { host: name, port } = ns1.connection;
    writeFileSync(join(home, ".ssh", "known_hosts"), `${marker}[${name}]:${port} ${key}\n`);
    return directory({ ns1: { ...ns1.connection, hostKey: undefined } }).get("ns1");
  }

  test("[I] confirms a host that it lists", async () => {
    const ns1 = await host();
    const server = knowing(ns1, ns1.hostKey.publicKey);
    await expect(server.run(["x"])).resolves.toMatchObject({ stdout: "x" });
  });

  test("[I] refuses a host with another key, and the message names the file", async () => {
    const server = knowing(await host(), keyPair().publicKey);
    await expect(server.files()).rejects.toMatchObject({ code: "changed-host-key" });
    await expect(server.files()).rejects.toThrow(/known_hosts/);
  });

  test("[I] refuses a host with a revoked key", async () => {
    const ns1 = await host();
    const server = knowing(ns1, ns1.hostKey.publicKey, "@revoked ");
    await expect(server.files()).rejects.toThrow(/revoked/);
  });
});

test("[I] a process exits by itself even if it leaves a server open", async () => {
  const ns1 = await host({ ...echo, forwarding: true });
  const servers = JSON.stringify({ ns1: { type: "dnsonly", connection: ns1.connection } });
  const program = join(__dirname, "helpers/use-and-leave.ts");
  const environment = { ...process.env, SERVERS: servers, PORT: String(ns1.connection.port) };
  const running = promisify(execFile)(process.execPath, ["-r", "ts-node/register/transpile-only", program], {
    env: environment,
    timeout: 50_000,
  });
  await expect(running).resolves.toMatchObject({ stdout: "echo done" });
});

describe("a forwarded channel", () => {
  test("[I] is refused with an error that names the setting if sshd forbids forwarding", async () => {
    const ns1 = await host();
    const opening = directory({ ns1: ns1.connection }).get("ns1").openChannel("192.0.2.53", 2087);
    await expect(opening).rejects.toMatchObject({ code: "forwarding-refused" });
    await expect(opening).rejects.toThrow(/AllowTcpForwarding/);
  });

  test("[I] is reported as unreachable, not forbidden, if the target refuses the connection", async () => {
    const ns1 = await host({ forwarding: true });
    const opening = directory({ ns1: ns1.connection }).get("ns1").openChannel("127.0.0.1", 1);
    await expect(opening).rejects.toMatchObject({ code: "unreachable" });
  });
});
