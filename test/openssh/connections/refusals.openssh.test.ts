import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import type { ServerError } from "../../../provider/servers";
import { directories } from "../../testbed/directories";
import { startTestbed, type Testbed } from "../../testbed/testbed";

// Who refused, what was offered, and what the other side wrote, as OpenSSH and other services say it.

const banner = "\u001b[31mAuthorised use only.\u001b[0m All else is logged.";
const folder = mkdtempSync(join(tmpdir(), "pulumi-whm-refusals-"));
const password = process.env["BED_PASSWORD"] ?? "";

/** One server for each way to refuse; sshd tells them apart by their address. */
const ways = {
  gate: [],
  walled: ["AllowTcpForwarding no"],
  bannered: [`Banner ${join(folder, "banner")}`],
  factors: ["AuthenticationMethods publickey,password"],
  forced: ["ForceCommand echo Backups only; exit 1"],
  strict: ["MaxAuthTries 1"],
} as const;

let testbed: Testbed;
let agent: ChildProcess;
const socket = join(folder, "agent");
beforeAll(async () => {
  writeFileSync(join(folder, "banner"), `\n${banner}\nSecond line\n`);
  mkdirSync(join(folder, "directory"));
  const plain = { type: "dnsonly", commandLine: true } as const;
  const servers = Object.entries(ways).map(([name, sshd]) => [name, { ...plain, sshd }] as const);
  testbed = await startTestbed({ servers: Object.fromEntries(servers) });
  agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: ["ignore", "pipe", "inherit"] });
  await once(agent.stdout!, "data");
});
afterAll(async () => {
  agent.kill();
  await testbed.stop();
  rmSync(folder, { recursive: true });
});

const directory = directories();

/** Fails, as the one server of this name, with another connection. */
async function refusalOf(name: keyof typeof ways, change: Partial<Connection> = {}): Promise<ServerError> {
  const settings = testbed.servers[name]!;
  const connection = { ...settings.connection!, dialErrorLimit: 1, perDialTimeout: 5, ...change };
  const servers = directory({ [name]: { ...settings, connection } });
  return servers
    .get(name)
    .files()
    .then(
      () => Promise.reject(new Error("it succeeded")),
      (error: unknown) => error as ServerError,
    );
}

function placeOf(name: keyof typeof ways): string {
  return `${testbed.servers[name]!.connection!.host} port ${testbed.port}`;
}

function newKey(name: string): string {
  const file = join(folder, name);
  const { status, stderr } = spawnSync("ssh-keygen", ["-q", "-f", file, "-t", "ed25519", "-N", ""]);
  if (status !== 0) throw new Error(`ssh-keygen: ${stderr.toString()}`);
  return file;
}

/** Changes what the agent holds. */
function sshAdd(...words: string[]): void {
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  expect(spawnSync("ssh-add", ["-q", ...words], { env }).status).toBe(0);
}

describe("a refused log-in", () => {
  afterEach(() => sshAdd("-D"));

  test("[E] names what was offered, what is taken, and the banner's first line without its colours", async () => {
    const file = newKey("stranger");
    const error = await refusalOf("bannered", { privateKey: undefined, privateKeyFile: file });
    expect(error).toMatchObject({
      code: "refused-credential",
      phrase: `open an SSH connection to ${placeOf("bannered")}`,
      said: `the server refused root (offered: publickey (connection.privateKeyFile ${file}); it takes publickey, password, keyboard-interactive); it wrote: Authorised use only. All else is logged`,
    });
  });

  test("[E] says that a key was accepted where a second factor is wanted", async () => {
    const error = await refusalOf("factors");
    expect(error).toMatchObject({
      code: "refused-credential",
      said: "the server accepted publickey (connection.privateKey) of root and wants password as well",
    });
    expect(error.wayOut).toMatch(/connection\.password.*AuthenticationMethods/);
    // With it the log-in succeeds.
    const { connection } = testbed.servers["factors"]!;
    const settings = { ...testbed.servers["factors"]!, connection: { ...connection!, password } };
    await expect(directory({ factors: settings }).get("factors").files()).resolves.toBeDefined();
  });

  test("[E] says so of a key of an agent too", async () => {
    const file = newKey("in-agent");
    testbed.sshd.authorize(readFileSync(`${file}.pub`, "utf8"));
    sshAdd(file, newKey("in-agent-too"));
    const change = { privateKey: undefined, agentSocketPath: socket };
    expect((await refusalOf("factors", change)).said).toBe(
      `the server accepted agent (connection.agentSocketPath ${socket}) of root and wants password as well`,
    );
    const { connection } = testbed.servers["factors"]!;
    const settings = { ...testbed.servers["factors"]!, connection: { ...connection!, ...change, password } };
    await expect(directory({ factors: settings }).get("factors").files()).resolves.toBeDefined();
  });

  test("[E] names identity if an agent offers too many keys", async () => {
    // Since 10.6 sshd hears of six keys before it counts attempts.
    sshAdd(...Array.from({ length: 9 }, (_, index) => newKey(`wrong-${index}`)));
    const error = await refusalOf("strict", { privateKey: undefined, agentSocketPath: socket });
    expect(error.said).toContain("Too many authentication failures");
    expect(error.wayOut).toContain("name the right one in connection.identity");
  });

  test("[E] tells too many attempts from a wrong key", async () => {
    const privateKey = readFileSync(newKey("another"), "utf8");
    const error = await refusalOf("strict", { privateKey, password: "not it" });
    expect(error).toMatchObject({ code: "refused-credential" });
    expect(error.said).toMatch(
      /^the server refused root \(offered: publickey \(connection\.privateKey\).*Too many authentication failures/,
    );
    expect(error.wayOut).toMatch(/MaxAuthTries/);
    expect(error.message).not.toContain("not it");
  });

  test("[E] names the bastion where the bastion refuses, and the server behind it where that does", async () => {
    const proxy = testbed.servers["gate"]!.connection!;
    const privateKey = readFileSync(newKey("third"), "utf8");
    expect(await refusalOf("bannered", { proxy: { ...proxy, privateKey } })).toMatchObject({
      phrase: `open an SSH connection to the bastion ${placeOf("gate")}`,
      said: expect.stringContaining("connection.proxy.privateKey") as string,
    });
    expect(await refusalOf("bannered", { privateKey, proxy })).toMatchObject({
      phrase: `open an SSH connection to ${placeOf("bannered")} through the bastion ${placeOf("gate")}`,
      said: expect.stringContaining("(connection.privateKey)") as string,
    });
  });

  test.each([
    [
      "does not forward",
      "walled",
      {},
      "forwarding-refused",
      /^it forbids forwarding/,
      /bastion's sshd_config/,
    ],
    ["reaches no such port", "gate", { port: 1 }, "unreachable", /refused/i, /address is right/],
  ] as const)("[E] names a bastion that %s", async (_case, bastion, change, code, said, cure) => {
    const error = await refusalOf("bannered", { proxy: testbed.servers[bastion]!.connection!, ...change });
    expect(error).toMatchObject({ code, said: expect.stringMatching(said) as string });
    expect(error.phrase).toMatch(/^reach \S+ port \d+ from the bastion \S+ port \d+$/);
    expect(error.phrase).toContain(placeOf(bastion));
    expect(error.wayOut).toMatch(cure);
  });
});

describe("an agent alone", () => {
  const withAgent = (agentSocketPath: string) =>
    refusalOf("gate", { privateKey: undefined, agentSocketPath });

  test.each([
    ["is not there", () => join(folder, "none"), /it does not answer: there is no socket .*ENOENT/],
    ["holds no key", () => socket, /holds no key/],
  ])("[E] that %s is named, and no server is asked", async (_case, path, said) => {
    const connections = testbed.sshd.count("Connection from");
    const error = await withAgent(path());
    expect(error).toMatchObject({ code: "missing-credential", said: expect.stringMatching(said) as string });
    expect(error.said).toContain(`connection.agentSocketPath ${path()}`);
    expect(testbed.sshd.count("Connection from")).toBe(connections);
  });
});

describe("a key file", () => {
  beforeAll(() => void newKey("fourth"));

  test.each([
    ["that is a directory", "directory", /cannot be read \(EISDIR: it is a directory\)/],
    ["that is not there", "nowhere", /cannot be read \(ENOENT: there is no such file\)/],
    ["with the public key", "fourth.pub", /holds a public key/],
  ])("[E] %s is named with its field", async (_case, name, said) => {
    const path = join(folder, name);
    const error = await refusalOf("gate", { privateKey: undefined, privateKeyFile: path });
    expect(error).toMatchObject({ code: "missing-credential", said: expect.stringMatching(said) as string });
    expect(error.said).toContain(`the file ${path} of connection.privateKeyFile`);
  });
});

describe("a log-in that lets nobody work", () => {
  test("[E] is told by the first line that its forced command writes", async () => {
    expect(await refusalOf("forced")).toMatchObject({
      code: "file-error",
      phrase: "open an SFTP session",
      said: "the log-in writes text where an SFTP server should answer: Backups only",
    });
    const { api: _api, ...settings } = testbed.servers["forced"]!;
    const { api } = directory({ forced: settings }).get("forced");
    await expect(api.call("read the version", "version", {}, { mutation: false })).rejects.toMatchObject({
      code: "unexpected-reply",
      said: expect.stringMatching(/^whmapi1 ended with exit status 1 .*: Backups only$/) as string,
    });
  });
});

describe("a service that is not sshd", () => {
  let greets: (socket: Socket) => void;
  let dials = 0;
  let service: TcpServer;
  beforeAll(async () => {
    service = createServer((client) => {
      dials += 1;
      client.on("error", () => undefined);
      greets(client);
    });
    await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  });
  beforeEach(() => (dials = 0));
  afterAll(() => service.close());

  const ask = (dialErrorLimit: number, perDialTimeout = 5) =>
    refusalOf("gate", {
      host: "127.0.0.1",
      port: (service.address() as AddressInfo).port,
      dialErrorLimit,
      perDialTimeout,
    });

  test.each([
    [
      "220 ProFTPD Server (ns1) [192.0.2.53]\r\n",
      "an FTP server answers there, not sshd: 220 ProFTPD Server (ns1) [192.0.2.53]",
    ],
    [
      "220-ns1.example.com ESMTP Exim 4.98\r\n220 no spam\r\n",
      "a mail server answers there, not sshd: 220-ns1.example.com ESMTP Exim 4.98",
    ],
    ["HTTP/1.1 400 Bad Request\r\n\r\n", "a web server answers there, not sshd: HTTP/1.1 400 Bad Request"],
    ["* OK IMAP4rev1\r\n", "an IMAP server answers there, not sshd: * OK IMAP4rev1"],
    ["\u0015\u0003\u0001\u0000\u0002\u0002\u0046", "a server that speaks TLS answers there, not sshd"],
  ])("[E] is recognised at its first line: %j", async (greeting, said) => {
    greets = (client) => void client.write(Buffer.from(greeting, "latin1"));
    const error = await ask(10);
    expect(error.code).toBe("unexpected-reply");
    expect(error.said.startsWith(said)).toBe(true);
    expect(error.wayOut).toMatch(/connection\.host and connection\.port/);
    expect(dials).toBe(1);
  });

  test.each([
    [
      "Exceeded MaxStartups\r\n",
      "connection-lost",
      "the server closed the connection before its SSH greeting, and wrote: Exceeded MaxStartups (tried 2 times)",
      /MaxStartups/,
    ],
    [
      "Not allowed at this time\r\n",
      "connection-lost",
      "the server closed the connection before its SSH greeting, and wrote: Not allowed at this time (tried 2 times)",
      /PerSourcePenalties/,
    ],
    [
      "",
      "connection-lost",
      "the server closed the connection before its SSH greeting (tried 2 times)",
      /fail2ban/,
    ],
  ])("[E] or an sshd that closes at once is quoted: %j", async (text, code, said, cure) => {
    greets = (client) => void client.end(text);
    const error = await ask(2);
    expect(error).toMatchObject({ code, said });
    expect(error.wayOut).toMatch(cure);
    expect(dials).toBe(2);
  });

  test("[E] is quoted when it writes a line and then falls silent", async () => {
    greets = (client) => void client.write(`Checking your address...\r\n${"\u0007"}`);
    expect((await ask(1, 0.5)).said).toBe("no log-in within 0.5 seconds; it wrote: Checking your address");
  });
});
