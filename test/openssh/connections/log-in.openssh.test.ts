import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import type { Server as ServerSettings } from "../../../provider/schema/server";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { directories } from "../../testbed/directories";

let testbed: Testbed;
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-whm-log-in-"));
  testbed = await startTestbed({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
});
afterAll(async () => {
  await testbed.stop();
  rmSync(folder, { recursive: true });
});

const directory = directories();

/** ns1 with another connection; what is undefined is left out. */
function ns1With(change: Partial<Connection>): ServerSettings {
  const { ns1 } = testbed.servers;
  const connection = { ...ns1!.connection!, ...change };
  const given = Object.entries(connection).filter(([, value]) => value !== undefined);
  return { ...ns1!, connection: Object.fromEntries(given) as unknown as Connection };
}

async function version(settings: ServerSettings): Promise<string | undefined> {
  const files = await directory({ ns1: settings }).get("ns1").files();
  return files.read("/usr/local/cpanel/version");
}

/** A key made by OpenSSH's own program. */
function newKey(name: string, ...words: string[]): string {
  const file = join(folder, name);
  const { status, stderr } = spawnSync("ssh-keygen", ["-q", "-f", file, ...words]);
  if (status !== 0) throw new Error(`ssh-keygen: ${stderr.toString()}`);
  testbed.sshd.authorize(readFileSync(`${file}.pub`, "utf8"));
  return file;
}

describe("log-in to an OpenSSH server", () => {
  test.each([
    ["ed25519", ["-t", "ed25519", "-N", ""]],
    ["rsa", ["-t", "rsa", "-b", "2048", "-N", ""]],
    ["ecdsa", ["-t", "ecdsa", "-N", ""]],
    ["pem", ["-t", "rsa", "-b", "2048", "-m", "PEM", "-N", ""]],
  ])("[E] accepts a key of type %s", async (name, words) => {
    const key = newKey(name, ...words);
    expect(await version(ns1With({ privateKey: readFileSync(key, "utf8") }))).toBe("11.136.0.5\n");
    expect(await version(ns1With({ privateKey: undefined, privateKeyFile: key }))).toBe("11.136.0.5\n");
  });

  test("[E] accepts an encrypted key, and never sends a wrong passphrase to the server", async () => {
    const privateKey = readFileSync(newKey("locked", "-t", "ed25519", "-N", "a passphrase"), "utf8");
    expect(await version(ns1With({ privateKey, privateKeyPassword: "a passphrase" }))).toBe("11.136.0.5\n");
    const connections = testbed.sshd.count("Connection from");
    await expect(version(ns1With({ privateKey, privateKeyPassword: "another" }))).rejects.toMatchObject({
      code: "invalid-value",
    });
    await expect(version(ns1With({ privateKey }))).rejects.toMatchObject({ code: "missing-credential" });
    expect(testbed.sshd.count("Connection from")).toBe(connections);
  });

  test("[E] accepts a password", async () => {
    const password = process.env["BED_PASSWORD"]!;
    expect(await version(ns1With({ privateKey: undefined, password }))).toBe("11.136.0.5\n");
    expect(testbed.sshd.count("Accepted password")).toBe(1);
  });

  test("[E] stops at once after a refused credential: one connection, each credential sent once", async () => {
    const stranger = join(folder, "stranger");
    spawnSync("ssh-keygen", ["-q", "-f", stranger, "-t", "ed25519", "-N", ""]);
    const settings = ns1With({ privateKey: readFileSync(stranger, "utf8"), password: "not it" });
    const [connections, passwords] = [
      testbed.sshd.count("Connection from"),
      testbed.sshd.count("Failed password"),
    ];
    await expect(version(settings)).rejects.toMatchObject({ code: "refused-credential", server: "ns1" });
    expect(testbed.sshd.count("Connection from") - connections).toBe(1);
    expect(testbed.sshd.count("Failed password") - passwords).toBe(1);
  });
});

describe("an agent", () => {
  let agent: ChildProcess;
  const socket = (): string => join(folder, "agent");
  beforeAll(async () => {
    agent = spawn("ssh-agent", ["-D", "-a", socket()], { stdio: ["ignore", "pipe", "inherit"] });
    await once(agent.stdout!, "data");
    const key = newKey("in-agent", "-t", "ed25519", "-N", "");
    const { status } = spawnSync("ssh-add", ["-q", key], {
      env: { ...process.env, SSH_AUTH_SOCK: socket() },
    });
    expect(status).toBe(0);
  });
  afterAll(() => agent.kill());

  test("[E] signs for a log-in", async () => {
    const settings = ns1With({ privateKey: undefined, agentSocketPath: socket() });
    expect(await version(settings)).toBe("11.136.0.5\n");
  });

  test("[E] is named in the error when it is missing, and nothing else is tried", async () => {
    const settings = ns1With({ privateKey: undefined, agentSocketPath: join(folder, "none") });
    await expect(version(settings)).rejects.toThrow(/agent/);
  });
});

describe("a bastion", () => {
  const through = (proxy: Partial<Connection> = {}): ServerSettings =>
    ns1With({ proxy: { ...testbed.servers["web1"]!.connection!, ...proxy } });

  test("[E] forwards to a server behind it, and both host keys are checked", async () => {
    const before = testbed.sshd.count("Accepted publickey");
    expect(await version(through())).toBe("11.136.0.5\n");
    expect(testbed.sshd.count("Accepted publickey") - before).toBe(2);
  });

  test("[E] is named in the error when it refuses the log-in", async () => {
    await expect(version(through({ privateKey: undefined, password: "not it" }))).rejects.toMatchObject({
      code: "refused-credential",
      phrase: `open an SSH connection to the bastion ${testbed.servers["web1"]!.address} port ${testbed.port}`,
    });
  });
});
